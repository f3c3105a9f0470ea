import { type Entry, Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';

function words(list: string, colour: string): Entry {
  return [new RegExp(`(?:${list.replaceAll(' ', '|')})\\b`, 'u'), colour];
}

const types = words('[ui](?:8|16|32|64|128|size) f32 f64 char str bool', 'kt');
const prelude = words(
  'AsMut AsRef Box Clone Copy Default DoubleEndedIterator Drop drop Eq Err ExactSizeIterator Extend Fn FnMut FnOnce From Into IntoIterator Iterator None Ok Option Ord PartialEq PartialOrd Result Send Sized Some String Sync ToOwned ToString Unpin Vec',
  'nb',
);
const name = /[a-zA-Z_][\p{L}\p{N}_]*/u;

/** Rust. */
export const rust: Palette = {
  lexicon: new Lexicon(
    {
      start: [
        [/\s+/, ''],
        [/\/\/!.*|\/\/\/(?:(?!\/).*)/, 'sd'],
        [/\/\/.*/, 'c1'],
        [/\/\*(?:\*(?![*/])|!)/, 'sd', 'documentation'],
        [/\/\*/, 'cm', 'comment'],
        [/\$(?:[a-zA-Z_]\w*|\(,?|\),?|,?)/, 'cp'],
        words(
          'as async await box const crate dyn else extern for if impl in loop match move mut pub ref return static super trait unsafe use where while',
          'k',
        ),
        words('abstract become do final macro override priv typeof try unsized virtual yield', 'kr'),
        words('true false', 'kc'),
        words('self', 'bp'),
        [/mod\b/, 'k', 'module'],
        [/let\b/, 'kd'],
        [/fn\b/, 'k', 'function'],
        [/(?:struct|enum|type|union)\b/, 'k', 'type'],
        [/default(?=\s+(?:type|fn)\b)/, 'k'],
        types,
        words('[sS]elf', 'bp'),
        prelude,
        [
          /(?:asm|assert(?:_eq|_ne)?|cfg|column|compile_error|concat(?:_idents)?|dbg|debug_assert(?:_eq|_ne)?|env|eprint(?:ln)?|file|format(?:_args)?|global_asm|include(?:_bytes|_str)?|line|macro_rules|matches|module_path|option_env|panic|print(?:ln)?|stringify|thread_local|todo|unimplemented|unreachable|vec|write(?:ln)?)!/,
          'fm',
        ],
        [/::\b/, ''],
        [/:|->/, '', 'type'],
        [/(?:break|continue)\b/, 'k'],
        [/(?<=(?:break|continue)\s+)'[A-Za-z_]\w*(?!')/, ''],
        [/b?'(?:\\(?:['"\\nrt0]|x[0-9a-fA-F]{2}|u\{[0-9a-fA-F]{1,6}\})|[^\n])'/, 'sc'],
        [/0b[01_]+|0o[0-7_]+|0[xX][0-9a-fA-F_]+/, 'mh', 'suffix'],
        [/[0-9][0-9_]*(?:\.[0-9_]+[eE][+-]?[0-9_]+|\.[0-9_]*(?!\.)|[eE][+-]?[0-9_]+)?/, 'mi', 'suffix'],
        [/b?"/, 's', 'string'],
        [/b?r(?<marks>#{0,5})"[^]{0,5000}?"\k<marks>/, 's'],
        [/'/, 'o', 'lifetime'],
        [/\.\.=?/, 'o'],
        [/[{}()[\],.;]/, 'p'],
        [/[+\-*/%&|<>^!~@=?]/, 'o'],
        [name, 'n'],
        [/#!?\[/, 'cp', 'attribute'],
        [/#/, ''],
      ],
      comment: [
        [/\/\*/, 'cm', 'comment'],
        [/\*\//, 'cm', 'back'],
        [/[^*/]+|[*/]/, 'cm'],
      ],
      documentation: [
        [/\/\*/, 'sd', 'documentation'],
        [/\*\//, 'sd', 'back'],
        [/[^*/]+|[*/]/, 'sd'],
      ],
      module: [
        [/\s+/, ''],
        [name, 'nn', 'back'],
        [/(?=[^])/, '', 'back'],
      ],
      function: [
        [/\s+/, ''],
        [name, 'nf', 'back'],
        [/(?=[^])/, '', 'back'],
      ],
      type: [
        [/\s+/, ''],
        [/&/, 'kp'],
        [/'/, 'o', 'lifetime'],
        prelude,
        types,
        [name, 'nc', 'back'],
        [/(?=[^])/, '', 'back'],
      ],
      lifetime: [
        [/static|_/, 'nb'],
        [/[a-zA-Z_]+\w*/, 'na'],
        [/(?=[^])/, '', 'back'],
      ],
      suffix: [
        [/[uif](?:8|16|32|64|size)/, 'k', 'back'],
        [/(?=[^])/, '', 'back'],
      ],
      string: [
        [/"/, 's', 'back'],
        [/\\(?:['"\\nrt0]|x[0-9a-fA-F]{2}|u\{[0-9a-fA-F]{1,6}\})/, 'se'],
        [/[^\\"]+|\\/, 's'],
      ],
      attribute: [
        [/"/, 's', 'string'],
        [/\[/, 'cp', 'attribute'],
        [/\]/, 'cp', 'back'],
        [/[^"\][]+/, 'cp'],
      ],
    },
    { isStrict: true },
  ),
};
