import { leadsTo, type Budget } from './leads-to.ts';
import type { SiteLink } from './site-link.ts';

const overlap = 1024;

/** Looks for the site's address in the text of JSON, as it comes in pieces: lists of friends are often kept so. */
export function openJsonFinder(site: SiteLink, budget: Budget): (text: string) => boolean {
  let tail = '';
  return (text) => {
    const window = (tail + text).replaceAll('\\/', '/').replace(/\\u002f/gi, '/');
    tail = window.slice(-overlap);
    for (const [address] of window.matchAll(/(?:https?:)?\/\/[^\s"'<>\\]{3,1000}/gi)) {
      if (budget.left === 0) return false;
      budget.left--;
      if (leadsTo(address, site, budget)) return true;
    }
    return false;
  };
}
