import type { Article } from '../article.ts';
import type { ExtensionSwitch, MarkdownExtensionName } from '../../extensions.ts';
import { abbreviationUse } from './abbreviation.ts';
import { inlineCode } from './code.ts';
import { deleted } from './del.ts';
import { asteriskEmphasis, lonelyMark, underscoreEmphasis } from './emphasis.ts';
import { escapedCharacter } from './escape.ts';
import { footnoteReference } from './footnote.ts';
import { autolink, autoMail, entity, inlineHtml, lineBreak } from './html.ts';
import { iconSign } from './icon.ts';
import { image, link } from './link.ts';
import { referenceImage, referenceLink, shortReferenceImage, shortReferenceLink } from './reference.ts';
import type { InlineRule } from './rule.ts';

type Entry = readonly [InlineRule, MarkdownExtensionName?];

/** The rules for markup inside a text in their order; what an earlier rule has found, a later one does not see. */
export function inlineRules(isOn: ExtensionSwitch): InlineRule[] {
  const ordered: readonly Entry[] = [
    [inlineCode],
    [escapedCharacter(isOn('tables'))],
    [footnoteReference, 'footnotes'],
    [deleted, 'del'],
    [iconSign, 'icon'],
    [referenceLink],
    [link],
    [image],
    [referenceImage],
    [shortReferenceLink],
    [shortReferenceImage],
    [autolink],
    [autoMail],
    [lineBreak],
    [inlineHtml],
    [entity],
    [lonelyMark],
    [asteriskEmphasis],
    [underscoreEmphasis],
  ];
  return ordered.filter(([, extension]) => extension === undefined || isOn(extension)).map(([rule]) => rule);
}

/** The rules that one article adds by itself: its abbreviations. */
export function abbreviationRules(article: Article): InlineRule[] {
  return [...article.abbreviations]
    .filter(([short]) => short !== '')
    .map(([short, title]) => abbreviationUse(short, title));
}
