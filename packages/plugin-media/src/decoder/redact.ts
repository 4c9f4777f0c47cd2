const URL_IN_TEXT = /[a-z][a-z0-9+.-]*:\/\/[^\s'"<>]+/gi;
/** A shorter word would be found everywhere in a sentence; in a URL it is hidden all the same. */
const SHORTEST_SECRET_CHARS = 4;

/** A URL that may be shown: without user name and password, and without the query, where cameras take them too. */
export function redactUrl(url: string): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return `${/^[a-z][a-z0-9+.-]*:/i.exec(url)?.[0] ?? ''}//***`;
  }
  return `${parsed.protocol}//${parsed.host}${parsed.pathname}${parsed.search === '' ? '' : '?***'}`;
}

/**
 * Makes what takes the secrets of a URL out of any text: every URL is redacted, and the password is found also where it
 * stands alone.
 */
export function scrubberFor(url: string): (text: string) => string {
  const secrets = secretsOf(url);
  return (text) => {
    let clean = text.replace(URL_IN_TEXT, redactUrl);
    for (const secret of secrets) clean = clean.replaceAll(secret, '***');
    return clean;
  };
}

function secretsOf(url: string): string[] {
  const { username, password, search } = new URL(url);
  const [name, word] = [decode(username), decode(password)];
  const basic = Buffer.from(`${name}:${word}`).toString('base64'); // what an Authorization header says
  return [word, password, basic, search].filter((secret) => secret.length >= SHORTEST_SECRET_CHARS);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone percent sign
  }
}
