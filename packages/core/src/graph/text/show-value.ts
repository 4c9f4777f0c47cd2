const LONGEST_SHOWN = 60;

/** A value as it is shown in a sentence: JSON, cut where it is long. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'number') return String(value); // JSON knows neither NaN nor infinities
  const text = jsonOf(value);
  // Cut between characters, not inside one that takes two units.
  return text.length > LONGEST_SHOWN ? `${Array.from(text.slice(0, LONGEST_SHOWN)).slice(0, -4).join('')}...` : text;
}

function jsonOf(value: unknown): string {
  try {
    const text: unknown = JSON.stringify(value);
    return typeof text === 'string' ? text : typeof value;
  } catch {
    return typeof value; // a cycle or a bigint, which no JSON text can bring
  }
}

/** "a", "a and b", "a, b and c". */
export function listWords(words: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1) ?? ''}`;
}

/** Names in quotes, listed; past `most` of them only their number is told. */
export function listNames(names: readonly string[], conjunction: 'and' | 'or' = 'and', most = 12): string {
  const shown = names.slice(0, most).map((name) => `"${name}"`);
  const more = names.length - shown.length;
  return more === 0 ? listWords(shown, conjunction) : `${shown.join(', ')} ${conjunction} ${more} more`;
}

/** "1 node", "2 nodes". */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
