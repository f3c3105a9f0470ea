import type { MarkdownIt } from 'markdown-it';

/** Struck out text is `<del>`, as on GitHub. */
export function deletions(md: MarkdownIt): void {
  md.renderer.rules['s_open'] = () => '<del>';
  md.renderer.rules['s_close'] = () => '</del>';
}

/** Signs of the blog's icon font: `icon:name`. */
export function icons(md: MarkdownIt): void {
  md.core.ruler.push('icons', ({ tokens, Token }) => {
    for (const block of tokens) {
      if (block.children === null || !block.content.includes('icon:')) continue;
      block.children = block.children.flatMap((token) => {
        if (token.type !== 'text' || !token.content.includes('icon:')) return [token];
        return token.content.split(/(?<![\w-])(icon:[a-z0-9][a-z0-9-]*)/).map((words, index) => {
          const part = new Token(index % 2 === 0 ? 'text' : 'html_inline', '', 0);
          part.content = index % 2 === 0 ? words : `<i class="fa fa-${words.slice('icon:'.length)}"></i>`;
          return part;
        });
      });
    }
  });
}

/** Boxes at the start of list items: `[ ]` and `[x]`. */
export function checklists(md: MarkdownIt): void {
  md.core.ruler.push('checklists', ({ tokens, Token }) => {
    let openList = -1;
    for (const [index, { type, children }] of tokens.entries()) {
      if (type === 'bullet_list_open') openList = index;
      const first = children?.[0];
      const state = first?.type === 'text' ? /^\[([ xX])\] /.exec(first.content)?.[1] : undefined;
      if (type !== 'inline' || first === undefined || state === undefined) continue;
      if (tokens[index - 2]?.type !== 'list_item_open') continue;
      const box = new Token('html_inline', '', 0);
      box.content = `<input type="checkbox" disabled${state === ' ' ? '' : ' checked'}>`;
      first.content = first.content.slice(3);
      children?.unshift(box);
      tokens[openList]?.attrSet('class', 'checklist');
    }
  });
}
