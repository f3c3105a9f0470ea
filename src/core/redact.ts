/** Replaces everything that must never be shown. Fed with the secrets as they become known. */
export interface Redactor {
  readonly add: (secrets: readonly string[]) => void;
  readonly clean: (text: string) => string;
}

// Shorter ones would blacken half of every text, and protect nothing.
const shortestSecret = 4;
// Of a secret of several lines each line may come by itself; of a short one nothing can be guessed.
const shortestLine = 8;

/** A redactor that knows no secret yet, but hides the password in any URL. */
export function createRedactor(): Redactor {
  const known = new Set<string>();
  return {
    add: (secrets) => {
      for (const secret of secrets) {
        if (secret.length < shortestSecret) continue;
        for (const form of [
          secret,
          encodeURIComponent(secret),
          JSON.stringify(secret).slice(1, -1),
          btoaUtf8(secret),
          ...linesOf(secret).filter((line) => line.length >= shortestLine),
        ]) {
          known.add(form);
        }
      }
    },
    clean: (text) => {
      let out = text;
      // Long ones first, so that a secret within a secret leaves no rest; all before the passwords in addresses, which
      // are known by their form alone: of `p@ss` that form has only the beginning.
      for (const secret of [...known].sort((a, b) => b.length - a.length)) out = out.replaceAll(secret, '***');
      // Of the scheme the last letter will do: looking for its beginning would take for ever in a long run of letters.
      return out.replace(/([a-z0-9+.-]:\/\/[^\s:/?#@]*:)(?!password@)[^\s@/]+@/gi, '$1***@');
    },
  };
}

function linesOf(text: string): string[] {
  return text.split('\n').map((line) => line.trim());
}

function btoaUtf8(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
