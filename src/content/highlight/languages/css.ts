import { type Entry, Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';

const properties =
  'align-content|align-items|align-self|animation(?:-[a-z-]+)?|background(?:-[a-z]+)?|border(?:-[a-z-]+)?|bottom|box-(?:shadow|sizing)|clear|color|column(?:s|-[a-z-]+)|content|cursor|direction|display|filter|flex(?:-[a-z]+)?|float|font(?:-[a-z-]+)?|gap|grid(?:-[a-z-]+)?|height|justify-content|left|letter-spacing|line-height|list-style(?:-[a-z]+)?|margin(?:-[a-z]+)?|max-(?:height|width)|min-(?:height|width)|object-(?:fit|position)|opacity|order|outline(?:-[a-z]+)?|overflow(?:-[a-z]+)?|padding(?:-[a-z]+)?|pointer-events|position|resize|right|src|table-layout|text-[a-z-]+|top|transform(?:-[a-z]+)?|transition(?:-[a-z-]+)?|unicode-bidi|user-select|vertical-align|visibility|white-space|width|will-change|word-(?:break|spacing|wrap)|z-index';
const constants =
  'absolute|auto|baseline|block|bold|border-box|both|bottom|break-all|break-word|center|collapse|column|content-box|contain|cover|dashed|default|dotted|ease-in-out|ease-in|ease-out|ease|fixed|flex-end|flex-start|flex|grid|hidden|infinite|inherit|initial|inline-block|inline-flex|inline|italic|left|linear|medium|middle|monospace|no-repeat|none|normal|nowrap|pointer|relative|repeat|right|row|sans-serif|scroll|serif|small|solid|space-around|space-between|static|sticky|stretch|table|top|transparent|underline|uppercase|visible|wrap|black|white|red|green|blue|gray|grey|orange|yellow|pink|purple|silver';

const strings: readonly Entry[] = [
  [/\/\*[^]*?\*\//, 'c'],
  [/"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'/, 's2'],
];

const selectors: readonly Entry[] = [
  [/::?(?=[\w-])|[.#@](?=[\w-])/, 'p'],
  [/(?<=:)[\w-]+/, 'nd'],
  [/(?<=\.)[\w-]+/, 'nc'],
  [/(?<=#)[\w-]+/, 'nn'],
];

/** Style sheets: a word's class follows from where it stands. */
export const css: Palette = {
  lexicon: new Lexicon({
    start: [
      ...strings,
      [/\{/, 'p', 'rules'],
      [/@(?=[\w-])/, 'p', 'at'],
      ...selectors,
      [/[\w-]+/, 'nt'],
      [/\}/, 'p'],
      [/[~^*!%&$[\]()<>|+=@:;,./?-]/, 'o'],
    ],
    at: [
      ...strings,
      [/\{/, 'p', 'nested'],
      [/;/, 'p', 'back'],
      [/(?<=@)[\w-]+/, 'k'],
      ...selectors,
      [/[\w-]+/, 'nt'],
      [/[~^*!%&$[\]()<>|+=@:,./?-]/, 'o'],
    ],
    nested: [
      ...strings,
      [/\{/, 'p', 'rules'],
      [/\}/, 'p', 'back, back'],
      ...selectors,
      [/[\w-]+/, 'nt'],
      [/[~^*!%&$[\]()<>|+=@:;,./?-]/, 'o'],
    ],
    rules: [
      ...strings,
      [/\}/, 'p', 'back'],
      [/-(?:webkit|moz|ms|o)-/, 'kp'],
      [new RegExp(`(?:${properties})(?=\\s*:)`, 'u'), 'k'],
      [/--?[a-zA-Z_][\w-]*(?=\s*:)/, 'nv'],
      [/[a-zA-Z_][\w-]*(?=\s*:)/, 'n'],
      [/:/, 'p', 'value'],
      [/;/, 'p'],
      [/\S/, 'err'],
    ],
    value: [
      ...strings,
      [/;/, 'p', 'back'],
      [/\}/, 'p', 'back, back'],
      [/(?<=url\()[^)"']+(?=\))/, 'sx'],
      [
        /(?:url|attr|blur|brightness|calc|circle|clamp|contrast|cubic-bezier|drop-shadow|ellipse|grayscale|hsla?|hue-rotate|image|inset|invert|linear-gradient|matrix|matrix3d|opacity|perspective|polygon|radial-gradient|rect|rgba?|rotate|rotate3d|rotate[XYZ]|saturate|scale|scale3d|scale[XYZ]|sepia|skew[XY]|steps|toggle|translate|translate3d|translate[XYZ])(?=\()/,
        'nb',
      ],
      [/[a-zA-Z_][\w-]+(?=\()/, 'nf'],
      [new RegExp(`(?:${constants})\\b`, 'u'), 'kc'],
      [new RegExp(`(?:${properties})\\b`, 'u'), 'k'],
      [/!important/, 'cp'],
      [/#[a-zA-Z0-9]{1,6}/, 'mh'],
      [
        /(?<=\d)(?:(?:px|em|rem|ex|ch|vh|vw|vmin|vmax|cm|mm|in|pt|pc|deg|grad|rad|turn|s|ms|hz|khz|dpi|dpcm|dppx|fr)\b|%)/,
        'kt',
      ],
      [/[+-]?\d*\.\d+|[+-]?\d+/, 'mf'],
      [/-+[a-zA-Z_][\w-]*/, 'nv'],
      [/[[\](),]+/, 'p'],
      [/[~^*!%&<>|+=@:./?-]+/, 'o'],
      [/[a-zA-Z_][\w-]*/, 'n'],
    ],
  }),
};
