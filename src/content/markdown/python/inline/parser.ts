import type { Article } from '../article.ts';
import { ETX, STX } from '../characters.ts';
import { Element } from '../element.ts';
import { nodePlaceholder } from './placeholder.ts';
import type { InlineRule } from './rule.ts';
import { placePieces } from './pieces.ts';

/** Anything that could begin markup, so that plain text, the most frequent, is passed over at once. */
const maybeMarkup = new RegExp(`[\`\\\\[<&*_~${STX}${ETX}]|  \\n|icon:`);

/** Finds the markup in the texts of a tree, and puts what it becomes in its place. */
export class InlineParser {
  private readonly article: Article;
  private readonly rules: readonly InlineRule[];
  private readonly isAlwaysRead: boolean;
  private readonly nodes: (Element | string)[] = [];

  constructor(article: Article, rules: readonly InlineRule[]) {
    this.article = article;
    this.rules = rules.filter((rule) => rule.isNeeded?.(article) ?? true);
    this.isAlwaysRead = article.abbreviations.size > 0;
  }

  /** Reads the whole tree. What markup has made is read too: its texts may hold markup that was hidden before. */
  run(root: Element): void {
    const stack = [root];
    for (let current = stack.pop(); current !== undefined; current = stack.pop()) {
      const inserted: [Element, Element[]][] = [];
      const children: Element[] = [];
      // The children grow while they are visited: what a tail becomes is visited as well.
      const waiting = current.children.toReversed();
      for (let child = waiting.pop(); child !== undefined; child = waiting.pop()) {
        children.push(child);
        if (child.text !== '' && !child.isTextAtomic) {
          const made = this.readText(child);
          for (const element of made) stack.push(element);
          inserted.push([child, made]);
        }
        if (child.tail !== '') for (const made of this.readTail(child).toReversed()) waiting.push(made);
        if (child.children.length > 0) stack.push(child);
      }
      current.children = children;
      for (const [element, made] of inserted) element.insert(0, made);
    }
  }

  private readText(element: Element): Element[] {
    const text = element.text;
    element.text = '';
    return this.place(this.replace(text, 0), false, element, true);
  }

  private readTail(element: Element): Element[] {
    const holder = new Element('d');
    const made = this.place(
      element.isTailAtomic ? element.tail : this.replace(element.tail, 0),
      element.isTailAtomic,
      holder,
      false,
    );
    element.tail = holder.tail;
    element.isTailAtomic = holder.isTailAtomic;
    return made;
  }

  private place(data: string, isAtomic: boolean, target: Element, isText: boolean): Element[] {
    return placePieces(data, isAtomic, target, isText, this.nodes);
  }

  /** Replaces the markup that the rules from the given one on find by placeholders. */
  private replace(text: string, from: number): string {
    if (!this.isAlwaysRead && !maybeMarkup.test(text)) return text;
    if (this.isAlwaysRead) {
      const work = (this.rules.length - from) * (2 + text.length / 32);
      this.article.budget.spend(work, 'too many abbreviations are sought in too many texts');
    }
    let data = text;
    for (let index = from; index < this.rules.length; index++) {
      const rule = this.rules[index];
      if (rule !== undefined) data = this.apply(rule, index, data);
    }
    return data;
  }

  private apply(rule: InlineRule, index: number, text: string): string {
    let data = text;
    let done = '';
    let floor = 0;
    let at = nextTrigger(rule, data, 0);
    let firstOpen = -1;
    while (at >= 0) {
      const found = rule.match({ data, floor, article: this.article, nodes: this.nodes }, at);
      if (found === undefined || typeof found === 'number') {
        if (found === undefined && !rule.isFinal && firstOpen < 0) firstOpen = at - floor + done.length;
        this.article.budget.spend(2);
        at = nextTrigger(rule, data, found ?? at + 1);
        continue;
      }
      done += data.slice(floor, found.start) + this.keep(found.node, index);
      floor = found.end;
      if (firstOpen < 0) {
        at = nextTrigger(rule, data, floor);
        continue;
      }
      // A place where the rule found nothing may now, with this markup gone, be the start of some.
      data = done + data.slice(floor);
      this.article.budget.spend(data.length / 2);
      at = nextTrigger(rule, data, firstOpen);
      done = '';
      floor = 0;
      firstOpen = -1;
    }
    return floor === 0 && done === '' ? data : done + data.slice(floor);
  }

  private keep(node: Element | string, index: number): string {
    if (node instanceof Element && !node.isTextAtomic) {
      for (const part of [node, ...node.children]) {
        if (part.text !== '' && !part.isTextAtomic) part.text = this.replace(part.text, index + 1);
        if (part.tail !== '' && !part.isTailAtomic) part.tail = this.replace(part.tail, index);
      }
    }
    this.article.budget.spend(50);
    this.nodes.push(node);
    return nodePlaceholder(this.nodes.length - 1);
  }
}

function nextTrigger({ trigger }: InlineRule, data: string, from: number): number {
  if (typeof trigger === 'string') return data.indexOf(trigger, from);
  trigger.lastIndex = from;
  return trigger.exec(data)?.index ?? -1;
}
