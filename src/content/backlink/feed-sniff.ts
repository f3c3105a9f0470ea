const sniffedCharacters = 4096;

/** Takes the beginning of an answer and says whether it is a feed: RSS, Atom, RDF or JSON Feed. */
export function openFeedSniffer(): { readonly write: (text: string) => boolean; readonly isFeed: () => boolean } {
  let head = '';
  return {
    write: (text) => {
      head += text.slice(0, sniffedCharacters);
      return head.length >= sniffedCharacters || isFeedHead(head);
    },
    isFeed: () => isFeedHead(head),
  };
}

function isFeedHead(head: string): boolean {
  const start = head.slice(0, sniffedCharacters);
  if (/^\s*\{/.test(start)) return /"version"\s*:\s*"https?:(\\?\/){2}(www\.)?jsonfeed\.org/.test(start);
  return /<(rss|feed|rdf:RDF|channel)[\s>]/i.test(start) && !/<html[\s>]/i.test(start);
}
