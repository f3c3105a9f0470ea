/**
 * Looks for a site's link in a page's text as the blog's own task does, which takes it for a regular expression: a dot is
 * any character. Whatever else would be a sign of such an expression stands for itself here.
 */
export function openPatternFinder(siteLink: string): {
  readonly write: (text: string) => boolean;
  readonly isFound: () => boolean;
} {
  const pattern = new RegExp(siteLink.replace(/[\\^$*+?()[\]{}|]/g, '\\$&'), 'u');
  const overlap = 2 * siteLink.length;
  let tail = '';
  let isFound = false;
  return {
    write: (text) => {
      const window = tail + text;
      isFound ||= pattern.test(window);
      tail = window.slice(-overlap);
      return isFound;
    },
    isFound: () => isFound,
  };
}
