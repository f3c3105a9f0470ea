import { pageStyle } from './style.ts';

/** What a page is made of. */
export interface PageParts {
  readonly html: string;
  readonly toc: string;
}

/** A whole page around a rendered article, in the manner of the blog's theme, light or dark as the reader's system is. */
export function articlePage(title: string, { html, toc }: PageParts): string {
  return [
    '<!doctype html>',
    '<html lang="zh-CN">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${pageStyle()}</style>`,
    '</head>',
    '<body>',
    ...(toc.includes('<li>') ? [`<aside>${toc}</aside>`] : []),
    `<main>${html}</main>`,
    '</body>',
    '</html>',
  ].join('\n');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
