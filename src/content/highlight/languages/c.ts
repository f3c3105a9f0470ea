import { type Entry, Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';

const name = '(?:[\\p{L}_$][\\p{L}\\p{N}_$]*)';
const scopedName = '(?:[\\p{L}_$:][\\p{L}\\p{N}_$:]*)';

function words(list: string, colour: string): Entry {
  return [new RegExp(`(?:${list.replaceAll(' ', '|')})(?![\\p{L}\\p{N}_$])`, 'u'), colour];
}

const space: readonly Entry[] = [
  [/^[ \t]*#[ \t]*if\s+0[^]{0,5000}?\n\s*#(?:else|elif|endif).*/, 'cp'],
  [/^[ \t]*#(?:[^\n\\]|\\[^])*/, 'cp'],
  [
    new RegExp(`(?<=^[ \\t]{0,80})(?!(?:public|private|protected|default)\\b)${name}(?=\\s*:(?!:))`, 'u'),
    'nl',
    'colon',
  ],
  [/\s+|\\\n/, ''],
  [/\/\/.*/, 'c1'],
  [/\/\*/, 'cm', 'comment'],
];

const types: readonly Entry[] = [
  words('__int(?:8|16|32|64) __wchar_t', 'kr'),
  words('bool int long float short double char unsigned signed void', 'kt'),
];

const numberOrSign: readonly Entry[] = [
  [/-?(?:0[xX][\da-fA-F']+|0[bB][01']+|(?:\d[\d']*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[uUlLfF]*/, 'mi'],
  [/[~!%^&*+=|?:<>/-]/, 'o'],
  [/[()[\],.]/, 'p'],
  words('true false NULL', 'nb'),
];

/** Types of the standard libraries and of Linux, known by their names. */
const knownType =
  /^(?:size_t|ssize_t|off_t|wchar_t|ptrdiff_t|sig_atomic_t|fpos_t|clock_t|time_t|va_list|jmp_buf|FILE|DIR|l?div_t|mbstate_t|wctrans_t|wint_t|wctype_t|u?int(?:ptr|max|_least\d+|_fast\d+|\d+)_t|_Bool|_Complex|_Imaginary|clockid_t|cpu_set_t|cpumask_t|dev_t|gid_t|id_t|ino_t|key_t|mode_t|nfds_t|pid_t|rlim_t|sighandler_t|siginfo_t|sigset_t|socklen_t|uid_t)$/;
const knownKeyword =
  /^(?:_Alignas|_Alignof|_Noreturn|_Generic|_Thread_local|_Static_assert|_Atomic|noreturn|imaginary|complex)$/;

function classOfName(word: string): string {
  return knownType.test(word) ? 'kt' : knownKeyword.test(word) ? 'k' : 'n';
}

const keywords: readonly Entry[] = [
  [/(?:struct|union)(?=\s)/, 'k', 'class'],
  [/case\b/, 'k', 'case'],
  words(
    'asm auto break const continue default do else enum extern for goto if register restricted return sizeof struct static switch typedef volatile while union thread_local alignas alignof static_assert _Pragma',
    'k',
  ),
  words('inline _inline __inline naked restrict thread __m(?:128[id]?|64)', 'kr'),
  words(
    '__(?:asm|based|except|stdcall|cdecl|fastcall|declspec|finally|try|leave|w64|unaligned|forceinline|assume)',
    'kr',
  ),
];

const keywordsOfCpp: readonly Entry[] = [
  [/(?:class|concept|typename)(?=\s)/, 'k', 'class'],
  [/enum(?=\s)/, 'k', 'enum'],
  [/namespace\b/, 'k', 'namespace'],
  words(
    'catch const_cast delete dynamic_cast explicit export friend mutable new operator private protected public reinterpret_cast class restrict static_cast template this throw throws try typeid using virtual constexpr nullptr concept decltype noexcept override final constinit consteval co_await co_return co_yield requires import module typename',
    'k',
  ),
  words('char(?:8|16|32)_t', 'kt'),
  ...keywords,
];

function palette(known: readonly Entry[]): Palette {
  const statement: readonly Entry[] = [
    ...space,
    ...known,
    ...types,
    [/(?:[LuU]|u8)(?=["'])/, 'sa'],
    [/"/, 's', 'string'],
    [/'(?:\\[0-7]{1,3}|\\x[a-fA-F0-9]{1,2}|\\.|[^\\'\n])'/, 'sc'],
    ...numberOrSign,
    [new RegExp(name, 'u'), classOfName],
  ];
  // Only where a statement may begin does a name before a bracket name a function that is declared or defined.
  const function_ = (end: string): RegExp =>
    new RegExp(`(?=${scopedName}[&*\\s]+${scopedName}\\s*\\([^;"')]{0,1000}\\)${end})`, 'u');
  return {
    lexicon: new Lexicon(
      {
        start: [
          ...space,
          ...known,
          [function_('[^;{/"\']{0,200}\\{'), '', 'body, signature, result'],
          [function_('[^;/"\']{0,200};'), '', 'signature, result'],
          ...types,
          [/(?=[^])/, '', 'statement'],
        ],
        comment: [
          [/\*\//, 'cm', 'back'],
          [/[^*]+|\*/, 'cm'],
        ],
        string: [
          [/"/, 's', 'back'],
          [/\\(?:[\\abfnrtv"']|x[a-fA-F0-9]{2,4}|u[a-fA-F0-9]{4}|U[a-fA-F0-9]{8}|[0-7]{1,3})/, 'se'],
          [/[^\\"\n]+|\\\n|\\/, 's'],
        ],
        colon: [
          [/\s+/, ''],
          [/:/, 'p', 'back'],
        ],
        class: [
          [/(?<=struct|union|class|concept|typename)\s+/, ''],
          [new RegExp(name, 'u'), 'nc', 'back'],
          [/(?=[^])/, '', 'back'],
        ],
        enum: [...space, words('class struct', 'k'), [new RegExp(name, 'u'), 'nc', 'back'], [/(?=[^])/, '', 'back']],
        namespace: [[/[;{]/, 'p', 'back'], words('inline', 'kr'), [new RegExp(name, 'u'), 'nn'], ...statement],
        case: [[/(?<!:):(?!:)/, 'p', 'back'], [new RegExp(name, 'u'), 'no'], ...statement],
        result: [[new RegExp(`${scopedName}(?=\\s*\\()`, 'u'), 'nf', 'back'], ...statement],
        signature: [[/[{;]/, 'p', 'back'], ...statement],
        body: [[/;/, 'p'], [/\{/, 'p', 'body'], [/\}/, 'p', 'back'], ...statement],
        statement: [...statement, [/\}/, 'p'], [/[{;]/, 'p', 'back']],
      },
      { isStrict: true },
    ),
  };
}

/** C. */
export const c: Palette = palette(keywords);
/** C++. */
export const cpp: Palette = palette(keywordsOfCpp);
