import type { FeedDocument, Reading } from '../../core/parser.ts';
import { decodeDocument, isText, noText } from './decode.ts';
import { readJsonFeed } from './json-feed.ts';
import { feedNamedIn, kindOf } from './kind.ts';
import { webLink } from './links.ts';
import { readXmlFeed } from './xml-feed.ts';

/**
 * Reads a feed of any kind: RSS, Atom, RDF, JSON Feed. To be called where it may be ended from outside: a document can
 * be made to take its time.
 */
export async function readFeed({ bytes, contentType, url, items }: FeedDocument): Promise<Reading> {
  if (!isText(bytes)) return noText;
  const text = decodeDocument(bytes, contentType);
  const found = kindOf(text);
  switch (found.kind) {
    case 'json':
      return readJsonFeed(text, url, items);
    case 'xml':
      return readXmlFeed(text, found.start, url, items);
    case 'html': {
      const named = webLink(feedNamedIn(text), url);
      const hint = named === null ? '' : `; it names ${named} as its feed`;
      return { isRead: false, problem: 'not-a-feed', reason: `is a web page, not a feed${hint}` };
    }
    case 'other':
      return { isRead: false, problem: 'not-a-feed', reason: found.reason };
  }
}
