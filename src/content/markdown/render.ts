import { highlightCode } from '../highlight/highlight.ts';
import { commonmarkRenderer } from './commonmark/renderer.ts';
import { extensionSwitch } from './extensions.ts';
import { pythonMarkdown } from './python/dialect.ts';

/** What the blog's cache holds of an article: its page and its table of contents. */
export interface RenderedArticle {
  readonly html: string;
  readonly toc: string;
}

/** How a blog writes: the dialect of its articles, and the extensions it switches on or off. */
export interface MarkdownOptions {
  readonly preset: 'izone' | 'commonmark';
  readonly extensions?: Readonly<Record<string, boolean | undefined>>;
}

/**
 * Makes a renderer for one blog, to be used for all of its articles. It is pure: the same text gives the same HTML.
 * An article that cannot be rendered within safe bounds is refused with an Error that says why.
 */
export function createRenderer(options: MarkdownOptions): (markdown: string) => RenderedArticle {
  const isOn = extensionSwitch(options.extensions);
  const render = options.preset === 'izone' ? pythonMarkdown(isOn, highlightCode) : commonmarkRenderer(isOn);
  return (markdown) => {
    try {
      return render(markdown);
    } catch (error) {
      // JavaScript's own limits: the stack, or the length of a text.
      if (!(error instanceof RangeError)) throw error;
      throw new Error('The article is too large or too deeply nested to be rendered.', { cause: error });
    }
  };
}
