interface Theme {
  /** Colour of code, then the classes of Pygments by their colour. */
  readonly code: string;
  readonly background: string;
  readonly classes: Readonly<Record<string, string>>;
}

const dark: Theme = {
  code: '#A6ACCD',
  background: '#292D3E',
  classes: {
    '#676E95': 'c ch cm cp cpf c1 cs gu',
    '#960050': 'err',
    '#89DDFF': 'k kc kd kp kr kt no',
    '#AE81FF': 'l m mb mf mh mi mo se il',
    '#F92672': 'o gd kn nt ow',
    '#A6E22E': 'gi na nc nd ne nf nx fm',
    '#C3E88D': 'ld s sa sb sc dl sd s2 sh si sx sr s1 ss',
  },
};

const light: Theme = {
  code: '#A6ACCD',
  background: '#292D3E',
  classes: {
    '#676E95': 'c ch cm cp cpf c1 cs gu sd',
    '#960050': 'err',
    '#C792EA': 'k kt sa',
    '#AE81FF': 'l m mb mf mh mi mo se il',
    '#89DDFF': 'o p kc kd kn kp kr no',
    '#F92672': 'gd nt ow',
    '#A6E22E': 'gi na ne',
    '#C3E88D': 'ld s sb sc dl s2 sh si sx sr s1 ss',
    '#FFCB6B': 'nc',
    '#82AAFF': 'nd nf nx fm',
    '#F07178': 'bp',
  },
};

const alerts: Readonly<Record<string, string>> = {
  primary: '#0d6efd',
  secondary: '#6c757d',
  success: '#198754',
  danger: '#dc3545',
  warning: '#d39e00',
  info: '#0dcaf0',
};

/** The style sheet of an article's page. */
export function pageStyle(): string {
  return [
    ':root{color-scheme:light dark;--text:#24292f;--ground:#fff;--line:#d0d7de;--soft:#f6f8fa;--link:#0969da}',
    '@media(prefers-color-scheme:dark){:root{--text:#c9d1d9;--ground:#1b1d27;--line:#3b3f51;--soft:#242733;--link:#79b8ff}}',
    'body{margin:0 auto;max-width:60rem;padding:1.5rem;color:var(--text);background:var(--ground);line-height:1.7;',
    'font:16px/1.7 -apple-system,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}',
    'a{color:var(--link)}img{max-width:100%}hr{border:0;border-top:1px solid var(--line)}',
    'aside{border:1px solid var(--line);border-radius:6px;padding:.2rem 1rem;margin-bottom:1.5rem;font-size:.9em}',
    'blockquote{margin:1em 0;padding:.2em 1em;border-left:4px solid var(--line);background:var(--soft)}',
    'table{border-collapse:collapse;display:block;overflow-x:auto}th,td{border:1px solid var(--line);padding:.35em .8em}',
    'code{font:.9em/1.5 "SF Mono",Consolas,"Noto Sans Mono CJK SC",monospace}',
    ':not(pre)>code{background:var(--soft);padding:.15em .4em;border-radius:4px}',
    '.codehilite pre{padding:1em;border-radius:6px;overflow-x:auto}ul.checklist{list-style:none;padding-left:1em}',
    '.alert{border:1px solid var(--line);border-left-width:4px;border-radius:4px;padding:.2em 1em;margin:1em 0}',
    ...Object.entries(alerts).map(([name, colour]) => `.alert-${name}{border-left-color:${colour}}`),
    '.code-group .tab-pane::before{content:attr(data-code-name);display:block;font-size:.85em;color:#888}',
    themeStyle(light),
    `@media(prefers-color-scheme:dark){${themeStyle(dark)}}`,
  ].join('\n');
}

function themeStyle({ code, background, classes }: Theme): string {
  const rules = Object.entries(classes).map(([colour, names]) => {
    const selectors = names.split(' ').map((name) => `.codehilite .${name}`);
    return `${selectors.join(',')}{color:${colour}}`;
  });
  return `.codehilite pre{color:${code};background:${background}}.codehilite span{color:${code}}${rules.join('')}`;
}
