import { checkedThings } from '../../blog/checked-things.ts';
import type { ListedLink } from '../../blog/listed-links.ts';
import { addressOf, isSameSite } from '../../content/backlink/site-link.ts';
import { FailedError } from '../../core/errors.ts';
import { nearestName } from '../../core/nearest.ts';
import type { Finding } from '../../core/outcome.ts';
import { plainText } from '../../core/plain-text.ts';
import { hostOf, isAllowedByIzone, isNamed, type CheckContext, type CheckJob } from './job.ts';
import { withoutEffect } from './settings.ts';

const longestName = 100;

/**
 * What was given and means nobody, or nothing. Throws a FailedError where all that are to be checked alone are unknown.
 */
export async function unknownWords(
  context: CheckContext,
  job: CheckJob,
  all: readonly ListedLink[],
): Promise<readonly Finding[]> {
  const { allow, insecure, compat } = context.settings;
  const { kind, only } = job;
  const unknown = only.filter((word) => !all.some((link) => isNamed(link, [word])));
  if (only.length > 0 && unknown.length === only.length) {
    throw new FailedError(`there is no ${kind} to be checked of this id, name or host: ${only.join(', ')}`);
  }
  const message = `there is no ${kind} to be checked of this id, name or host`;
  const findings = unknown.map((word) => ({
    kind: `unknown-${kind}`,
    target: `${kind} ${word}`,
    message: `${message}${meant(word, all)}`,
  }));
  const isAllowed = (link: ListedLink, word: string): boolean =>
    compat === 'izone' ? isAllowedByIzone[kind](link, [word]) : isNamed(link, [word]);
  const missed = (words: readonly string[], isMeant: (link: ListedLink, word: string) => boolean): string[] =>
    words.filter((word) => !all.some((link) => isMeant(link, word)));
  const allowed = missed(allow, isAllowed);
  const insecureHosts = compat === 'izone' ? [] : missed(insecure, isAtSiteOf);
  if (allowed.length + insecureHosts.length > 0) {
    // Those that are switched off may be named all the same.
    const asleep = (await checkedThings(await context.db(), kind)).map((thing) => {
      return { ...thing, link: thing.link ?? '', isShown: false };
    });
    const tell = (setting: string, words: readonly string[], isMeant: typeof isAllowed): void => {
      for (const word of words.filter((one) => !asleep.some((link) => isMeant(link, one)))) {
        const given = plainText(word.slice(0, longestName));
        const other = setting === 'allow' && compat === 'izone' ? all.find((link) => isNamed(link, [word])) : undefined;
        const told =
          other === undefined
            ? `nobody is called ${given}${meant(word, all)}`
            : `with compat izone ${given} means nobody: give ${byIzone[kind](other)}`;
        findings.push({ kind: `unknown-${kind}`, target: setting, message: told });
      }
    };
    tell('allow', allowed, isAllowed);
    tell('insecure', insecureHosts, isAtSiteOf);
  }
  const idle = compat === 'izone' ? withoutEffect(context.settings) : [];
  if (idle.length > 0) {
    const told = `with compat izone one look decides, without a guard: no effect of ${idle.join(', ')}`;
    findings.push({ kind: 'no-effect', target: idle.join(', '), message: told });
  }
  return findings;
}

const byIzone: Readonly<Record<CheckJob['kind'], (link: ListedLink) => string>> = {
  friend: ({ name }) => `the name, ${plainText(name.slice(0, longestName))}`,
  site: () => 'a part of its address',
};

// Feeds and lists of friends may be on other hosts of a friend's.
function isAtSiteOf({ link }: ListedLink, word: string): boolean {
  const [url, host] = [addressOf(link.trim()), addressOf(`http://${hostOf(word)}`)];
  return url !== null && host !== null && isSameSite(url, host);
}

function meant(word: string, all: readonly ListedLink[]): string {
  const names = all.flatMap(({ name, link }) => [name, addressOf(link.trim())?.hostname ?? '']);
  const known = names.filter((name) => name !== '' && name.length <= longestName);
  const nearest = nearestName(word.slice(0, longestName), known);
  return nearest === null ? '' : `; did you mean ${plainText(nearest)}?`;
}
