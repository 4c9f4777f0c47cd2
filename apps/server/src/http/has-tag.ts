/**
 * Whether a client has what a tag stands for: RFC 9110 13.1.2. A proxy that compresses makes tags weak. Not left to Express,
 * which heeds the "no-cache" that `fetch` adds to every request with such a header.
 */
export function hasTag(known: string | undefined, tag: string): boolean {
  const tags = (known ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(tag);
}
