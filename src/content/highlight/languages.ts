import type { Palette } from './palette.ts';
import { bash, session } from './languages/bash.ts';
import { c, cpp } from './languages/c.ts';
import { go, groovy, plain } from './languages/c-like.ts';
import { css } from './languages/css.ts';
import { ini, makefile, properties, toml } from './languages/config.ts';
import { json, yaml } from './languages/data.ts';
import { django, djangoIn } from './languages/django.ts';
import { debianSources, gdscript, matlab, teraTerm } from './languages/guessed.ts';
import { cplint, transactSql } from './languages/guessed-logic.ts';
import { java } from './languages/java.ts';
import { javascript, typescript } from './languages/javascript.ts';
import { html, xml } from './languages/markup.ts';
import { python, pythonSession } from './languages/python.ts';
import { batch } from './languages/batch.ts';
import { php, phpIn } from './languages/php.ts';
import { powershell } from './languages/powershell.ts';
import { dockerfile, http, nginx } from './languages/server.ts';
import { mysql, sql } from './languages/sql.ts';
import { lua } from './languages/lua.ts';
import { rust } from './languages/rust.ts';
import { diff, markdown } from './languages/text.ts';

/** The languages by the names that Pygments knows them by. */
const byNames: readonly (readonly [names: string, palette: Palette])[] = [
  ['bash sh ksh zsh shell', bash],
  ['console shell-session', session],
  ['python py sage python3 py3 bazel starlark', python],
  ['pycon', pythonSession],
  ['yaml', yaml],
  ['json json-object', json],
  ['html', html],
  ['xml', xml],
  ['css', css],
  ['javascript js', javascript],
  ['typescript ts', typescript],
  ['go golang', go],
  ['nginx', nginx],
  ['ini cfg dosini', ini],
  ['properties jproperties', properties],
  ['toml', toml],
  ['docker dockerfile', dockerfile],
  ['sql', sql],
  ['mysql', mysql],
  ['markdown md', markdown],
  ['bat batch dosbatch winbatch', batch],
  ['powershell pwsh posh ps1 psm1', powershell],
  ['java', java],
  ['c', c],
  ['cpp c++', cpp],
  ['php php3 php4 php5', php],
  ['html+php', phpIn('html')],
  ['xml+php', phpIn('xml')],
  ['css+php', phpIn('css')],
  ['javascript+php js+php', phpIn('javascript')],
  ['html+django html+jinja htmldjango', djangoIn('html')],
  ['xml+django xml+jinja', djangoIn('xml')],
  ['gdscript gd', gdscript],
  ['teratermmacro teraterm ttl', teraTerm],
  ['debsources sourceslist sources.list', debianSources],
  ['matlab', matlab],
  ['tsql t-sql', transactSql],
  ['cplint', cplint],
  ['numpy', python],
  ['http', http],
  ['diff udiff', diff],
  ['groovy', groovy],
  ['csharp c# cs', plain('csharp')],
  ['kotlin', plain('kotlin')],
  ['lua', lua],
  ['make makefile mf bsdmake', makefile],
  ['perl pl', plain('perl')],
  ['ruby rb duby', plain('ruby')],
  ['rust rs', rust],
  ['django jinja', django],
];

const palettes = new Map(
  byNames.flatMap(([names, palette]) => names.split(' ').map((name) => [name, palette] as const)),
);

/** Languages that Pygments knows and that stay without colours here, or have none. */
const uncoloured = new Set(
  'text output rst restructuredtext tex latex vim graphql swift dart scala haskell r'.split(' '),
);

/** How the language of that name is coloured; nothing for one that is not known. */
export function paletteOf(language: string): Palette | undefined {
  return palettes.get(language.toLowerCase());
}

/** Whether code that names this language is coloured as such, and not by guessing. */
export function isKnownLanguage(language: string): boolean {
  const name = language.toLowerCase();
  return palettes.has(name) || uncoloured.has(name);
}
