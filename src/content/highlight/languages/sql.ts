import { type Entry, Lexicon, type States } from '../lexicon.ts';
import type { Palette } from '../palette.ts';
import { functionsOfMysql, general, ofMysql, shared } from './sql-words.ts';

const known = new Map<string, ReadonlySet<string>>();

/** Whether a word is in a list; the lists are taken apart when they are first needed. */
function isIn(list: string, word: string): boolean {
  let words = known.get(list);
  if (words === undefined) {
    words = new Set(list.split(' '));
    known.set(list, words);
  }
  return words.has(word.toLowerCase());
}

const types =
  'array bigint binary bit blob boolean char character date dec decimal float int integer interval number numeric real serial smallint varchar varying int8 serial8 text';
const typesOfMysql =
  'bigint bit bool boolean dec decimal double fixed float float4 float8 int int1 int2 int3 int4 int8 integer mediumint middleint numeric precision real serial smallint tinyint date datetime time timestamp year binary blob char enum long longblob longtext mediumblob mediumtext national nchar nvarchar set text tinyblob tinytext varbinary varchar varcharacter varying geometry geometrycollection linestring multilinestring multipoint multipolygon point polygon json';

function classOfWord(word: string): string {
  return isIn(shared, word) || isIn(general, word) ? 'k' : isIn(types, word) ? 'nb' : 'n';
}

function classOfMysqlWord(word: string, code: string, at: number): string {
  if (isIn('false null true unknown', word)) return 'no';
  if (isIn(typesOfMysql, word)) return 'kt';
  if (isIn(shared, word) || isIn(ofMysql, word)) return 'k';
  return isIn(functionsOfMysql, word) && /^\s*\(/.test(code.slice(at + word.length, at + word.length + 80))
    ? 'nf'
    : 'n';
}

const comment: States = {
  comment: [
    [/\*\//, 'cm', 'back'],
    [/[^*]+|\*/, 'cm'],
  ],
};

/** SQL. */
export const sql: Palette = {
  lexicon: new Lexicon(
    {
      start: [
        [/\s+/, ''],
        [/--.*/, 'c1'],
        [/\/\*/, 'cm', 'comment'],
        [/[+*/<>=~!@#%^&|`?-]/, 'o'],
        [/[0-9]+/, 'mi'],
        [/'/, 's1', 'quoted'],
        [/"/, 'ss', 'symbol'],
        [/[a-z_][\p{L}\p{N}_$]*/u, classOfWord],
        [/[;:()[\],.]/, 'p'],
      ],
      quoted: [
        [/'(?!')/, 's1', 'back'],
        [/(?:''|[^'])+/, 's1'],
      ],
      symbol: [
        [/"(?!")/, 'ss', 'back'],
        [/(?:""|[^"])+/, 'ss'],
      ],
      ...comment,
    },
    { ignoreCase: true, isStrict: true },
  ),
};

function stringStates(quote: string, colour: string): readonly Entry[] {
  return [
    [new RegExp(`[^${quote}\\\\]+`, 'u'), colour],
    [new RegExp(`${quote}${quote}|\\\\[0'"bnrtz\\\\%_]`, 'u'), 'se'],
    [new RegExp(quote, 'u'), colour, 'back'],
  ];
}

/** SQL as MySQL speaks it. */
export const mysql: Palette = {
  lexicon: new Lexicon(
    {
      start: [
        [/\s+/, ''],
        [/(?:#|--\s+).*/, 'c1'],
        [/\/\*/, 'cm', 'comment'],
        [/x'(?:[0-9a-f]{2})+'|0x[0-9a-f]+|b'[01]+'|0b[01]+/, 'mh'],
        [/(?:[0-9]+\.[0-9]*|[0-9]*\.[0-9]+)(?:e[+-]?[0-9]+)?|[0-9]+e[+-]?[0-9]+/, 'mf'],
        [/[0-9]+(?=[^0-9a-z$_\x80-\uffff])/, 'mi'],
        [/'/, 's1', 'single'],
        [/"/, 's2', 'double'],
        [/@@(?:(?:global|persist|persist_only|session)\.)?[a-z_]+|@[a-z0-9_$.]+|@(?:'[^']*'|"[^"]*"|`[^`]*`)|\?/, 'nv'],
        [/[!%&*+/:<=>^|~-]+/, 'o'],
        [/set\b(?!\s*\()|character(?=\s+set\b)/, 'k'],
        [/[0-9a-z$_\x80-\uffff]+/, classOfMysqlWord],
        [/`[^`]*`/, ''],
        [/[(),.;]/, 'p'],
      ],
      single: stringStates("'", 's1'),
      double: stringStates('"', 's2'),
      ...comment,
    },
    { ignoreCase: true, isStrict: true },
  ),
};
