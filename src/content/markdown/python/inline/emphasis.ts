import { isSpace } from '../characters.ts';
import { Element } from '../element.ts';
import { type EmphasisForm, asteriskForms, type Found, underscoreForms } from './emphasis-forms.ts';
import { Marks } from './marks.ts';
import type { InlineRule } from './rule.ts';

/** A mark that stands alone between spaces is no markup. */
export const lonelyMark: InlineRule = {
  trigger: /[*_]/g,
  isFinal: true,
  match({ data, floor }, at) {
    const isAfterSpace = at > floor && isSpace(data.charAt(at - 1));
    if (!isAfterSpace && at !== 0) return undefined;
    const start = isAfterSpace ? at - 1 : at;
    if (at + 1 < data.length && !isSpace(data.charAt(at + 1))) return undefined;
    const end = Math.min(at + 2, data.length);
    return { start, end, node: data.slice(start, end) };
  },
};

/** Emphasis by `*`, which may begin and end inside a word. */
export const asteriskEmphasis = emphasisRule('*', asteriskForms);
/** Emphasis by `_`, which may not. */
export const underscoreEmphasis = emphasisRule('_', underscoreForms);

function emphasisRule(mark: string, forms: readonly EmphasisForm[]): InlineRule {
  let marks: Marks | undefined;
  return {
    trigger: mark,
    isFinal: false,
    match({ data, floor, article }, at) {
      if (marks?.data !== data || marks.floor !== floor || marks.budget !== article.budget)
        marks = new Marks(data, floor, mark, article.budget);
      for (const [index, form] of forms.entries()) {
        const found = form.find(marks, at);
        if (found !== undefined) return { start: at, end: found.end, node: build(marks, found, form, index, forms) };
      }
      return undefined;
    },
  };
}

function build(marks: Marks, found: Found, form: EmphasisForm, index: number, forms: readonly EmphasisForm[]): Element {
  const outer = new Element(form.tags[0]);
  const first = marks.data.slice(...found.first);
  if (form.tags.length === 1 || found.second === undefined) {
    fill(outer, undefined, first, marks, index, forms);
    return outer;
  }
  const inner = new Element(form.tags[1]);
  const second = marks.data.slice(...found.second);
  if (form.isInnerFirst) {
    fill(inner, undefined, first, marks, index, forms);
    outer.children.push(inner);
    fill(outer, inner, second, marks, index, forms);
  } else {
    fill(outer, undefined, first, marks, index, forms);
    outer.children.push(inner);
    fill(inner, undefined, second, marks, index, forms);
  }
  return outer;
}

/** Reads the contents of an emphasis: of the forms of emphasis, those that come after its own may lie in it. */
function fill(
  parent: Element,
  before: Element | undefined,
  data: string,
  { mark, budget }: Marks,
  own: number,
  forms: readonly EmphasisForm[],
): void {
  const marks = new Marks(data, 0, mark, budget);
  let last = before;
  let done = 0;
  const add = (text: string): void => {
    if (text === '') return;
    if (last === undefined) parent.text = text;
    else last.tail = text;
  };
  for (let at = data.indexOf(mark); at >= 0;) {
    const start = at;
    // After a form was found, the forms behind it are tried at its end, as the blog does.
    for (const [index, form] of forms.entries()) {
      const found = index <= own ? undefined : form.find(marks, at);
      if (found === undefined) continue;
      add(data.slice(done, at));
      last = build(marks, found, form, index, forms);
      parent.children.push(last);
      done = at = found.end;
    }
    at = data.indexOf(mark, at === start ? at + 1 : at);
  }
  add(data.slice(done));
}
