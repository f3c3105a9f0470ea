import type { MarkdownIt } from 'markdown-it';
import container from 'markdown-it-container';
import { idOf } from '../content-id.ts';

const alert = /^(primary|secondary|success|danger|warning|info)(?:\s+(.*))?$/;
const codeItem = /^code-item(?:\s+(.*))?$/;

/** Boxes for what readers must not miss: `::: warning Title`. */
export function alerts(md: MarkdownIt): void {
  md.use(container, 'alert', {
    validate: (params: string) => alert.test(params.trim()),
    render: (tokens, index) => {
      const token = tokens[index];
      if (token?.nesting !== 1) return '</div>\n';
      const [, kind = '', title = ''] = alert.exec(token.info.trim()) ?? [];
      const sign = kind === 'warning' || kind === 'danger' ? 'warning' : 'info-circle';
      const words = `<i class="fa fa-${sign} mr-1"></i><span>${md.utils.escapeHtml(title)}</span>`;
      const head = title === '' ? '' : `<p><strong>${words}</strong></p>\n`;
      return `<div class="alert alert-${kind}" role="alert">\n${head}`;
    },
  });
}

/** Tabs of code: `:::: code-group` around `::: code-item NAME` around a fence. */
export function codeGroups(md: MarkdownIt): void {
  md.use(container, 'code-group', {
    validate: (params: string) => params.trim() === 'code-group',
    render: (tokens, index) => {
      const token = tokens[index];
      if (token?.nesting !== 1) return '</div>\n';
      return `<div class="tab-content code-group" id="nav-${idOf(`group ${index} ${tokens[index + 2]?.content ?? ''}`)}">\n`;
    },
  });
  md.use(container, 'code-item', {
    validate: (params: string) => codeItem.test(params.trim()),
    render: (tokens, index) => {
      const token = tokens[index];
      if (token?.nesting !== 1) return '</div>\n';
      const name = codeItem.exec(token.info.trim())?.[1] ?? '';
      const id = idOf(`item ${index} ${name} ${tokens[index + 1]?.content ?? ''}`);
      const label = md.utils.escapeHtml(name);
      return (
        `<div class="tab-pane fade" id="nav-${id}" role="tabpanel" data-code-id="${id}" data-code-name="${label}" ` +
        `aria-labelledby="nav-${id}-tab">\n`
      );
    },
  });
}
