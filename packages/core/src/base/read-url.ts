/**
 * A text as a URL; undefined where it is none. In place of `URL.canParse`, which in Node 20 gives another answer than
 * `new URL` for texts with characters of Latin-1 beyond ASCII once it is compiled.
 *
 * @param base - what relative texts refer to.
 */
export function readUrl(text: string, base?: string | URL): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined; // that it is none is the only reason
  }
}
