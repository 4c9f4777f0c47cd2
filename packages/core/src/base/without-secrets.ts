/** An address within a text, up to the next blank or quote. */
const ADDRESS = /[a-z][a-z0-9+.-]*:\/\/[^\s"]+/gi;

/** Takes out of the addresses in a text what may be a secret: user and password, and the query, which may be signed. */
export function withoutSecrets(text: string): string {
  return text.replaceAll(ADDRESS, (address) => address.replace(/\/\/[^/?#]*@/, '//').replace(/\?[^#]+/, '?...'));
}
