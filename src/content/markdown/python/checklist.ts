const list = /<ul>\n<li>\[[ Xx]\]/g;
const item = /^<li>\[([ Xx])\]([^\n]*)<\/li>$/gm;

/** Turns `[ ]` and `[x]` at the start of list items into boxes. It works on finished HTML, and on whole lines only. */
export function checkBoxes(html: string): string {
  if (!html.includes('<li>[')) return html;
  return html
    .replace(list, (start) => start.replace('<ul>', '<ul class="checklist">'))
    .replace(item, (_all, state: string, words: string) => {
      return `<li><input type="checkbox" disabled${state === ' ' ? '' : ' checked'}>${words}</li>`;
    });
}
