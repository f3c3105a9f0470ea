import { ETX, STX } from '../characters.ts';
import type { InlineRule } from './rule.ts';

const escapable = '\\`*_{}[]()>#+-.!';

/** A backslash before a character that would be markup; with tables, a pipe is one of these. */
export function escapedCharacter(hasTables: boolean): InlineRule {
  const characters = hasTables ? `${escapable}|` : escapable;
  return {
    trigger: '\\',
    isFinal: true,
    match({ data }, at) {
      const character = data.charAt(at + 1);
      if (character === '') return undefined;
      if (!characters.includes(character)) return at + 2;
      return { start: at, end: at + 2, node: `${STX}${character.charCodeAt(0)}${ETX}` };
    },
  };
}
