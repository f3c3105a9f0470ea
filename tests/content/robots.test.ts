import { describe, expect, test } from 'vitest';
import { parseRobots } from '../../src/content/robots.ts';

/** Whether a robots.txt allows a path to Baidu's robot. */
function allows(text: string, path: string, robot = 'baiduspider'): boolean {
  return parseRobots(text).isAllowed(robot, path);
}

describe('which group', () => {
  const groups = 'User-agent: *\nDisallow: /\n\nuser-agent: BaiduSpider\nDisallow: /private\n';

  test('is that of the robot, in whatever capitals, else that of all', () => {
    expect(allows(groups, '/article/a/')).toBe(true);
    expect(allows(groups, '/private/a')).toBe(false);
    expect(allows(groups, '/article/a/', 'bingbot')).toBe(false);
  });

  test('may stand in several places, and for several robots', () => {
    const text = 'User-agent: bingbot\nUser-agent: baiduspider\nDisallow: /a\nUser-agent: baiduspider\nDisallow: /b';

    expect([allows(text, '/a'), allows(text, '/b'), allows(text, '/b', 'bingbot')]).toEqual([false, false, true]);
  });

  test('of the robot’s own that forbids nothing beats one of all that forbids everything', () => {
    expect(allows('User-agent: *\nDisallow: /\nUser-agent: Baiduspider\nDisallow:', '/x')).toBe(true);
  });

  test('is none where nothing is said, and lines before the first are nobody’s', () => {
    expect(allows('', '/x')).toBe(true);
    expect(allows('Disallow: /\n', '/x')).toBe(true);
  });

  test('has a name with a version, a comment, a blank too many and a byte order mark', () => {
    expect(allows('\uFEFFUser-Agent : Baiduspider/2.0 # ours\r\nDisallow : /a # not this\r\n', '/a')).toBe(false);
    expect(allows('User-agent: baiduspider-image\nDisallow: /', '/a')).toBe(true);
  });

  test('is not parted by words of others', () => {
    expect(allows('User-agent: baiduspider\nCrawl-delay: 3\nSitemap: https://x/\nDisallow: /a', '/a')).toBe(false);
  });
});

// The cases of RFC 9309, 2.2.2, 2.2.3 and 5.2.
describe('which rule', () => {
  test.each([
    ['/', '/x', false],
    ['/fish', '/fish.html', false],
    ['/fish', '/Fish', true],
    ['/fish', '/catfish', true],
    ['/fish/', '/fish', true],
    ['/*.php', '/folder/any.php.file', false],
    ['/*.php$', '/a.php', false],
    ['/*.php$', '/a.php?x', true],
    ['/fish*.php', '/fishheads/catfish.php?x', false],
    ['/fish*.php', '/Fish.PHP', true],
    ['/a*b*c$', '/axxbxxc', false],
    ['/a*b*c$', '/axxbxxcd', true],
    ['/ab*ab$', '/ab', true],
    ['*', '/x', false],
    ['/x$', '/x', false],
    ['/x$', '/xy', true],
    ['/中文', '/%E4%B8%AD%E6%96%87/a', false],
    ['/%e4%b8%ad', '/中文', false],
    ['/%61bc', '/abc', false],
    ['/a%2Fb', '/a/b', true],
  ])('Disallow: %s and the path %s', (rule, path, isAllowed) => {
    expect(allows(`User-agent: *\nDisallow: ${rule}\n`, path)).toBe(isAllowed);
  });

  test('is the longest that fits, and of two as long the one that allows', () => {
    const text = 'User-agent: *\nAllow: /p\nDisallow: /\nDisallow: /page\nAllow: /page\nDisallow: /page/secret\n';

    expect(['/p', '/x', '/page', '/page/secret'].map((path) => allows(text, path))).toEqual([true, false, true, false]);
  });
});

test('a hostile file takes no time', () => {
  const stars = `/${'a*'.repeat(100_000)}b$`;
  const text = `User-agent: *\nDisallow: ${stars}\nDisallow: ${'*'.repeat(200_000)}x`;

  expect(allows(text, `/${'a'.repeat(5000)}`)).toBe(true);
});
