/** The lines of a list of texts. */
export function linesOf(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join('\n') : shownAsIs(value);
}

/** A list of texts from its lines; undefined where there are none, which is what counts without the list. */
export function textsOf(lines: string): readonly string[] | undefined {
  const texts = lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return texts.length === 0 ? undefined : texts;
}

/** What is chosen, in its order: what is ticked comes last. Undefined where nothing is left. */
export function toggled<T>(chosen: readonly T[], one: T): readonly T[] | undefined {
  const next = chosen.includes(one) ? chosen.filter((each) => each !== one) : [...chosen, one];
  return next.length === 0 ? undefined : next;
}

/** As many numbers as are wanted: the last goes on where there were fewer. */
export function resized(numbers: readonly unknown[], length: number): readonly unknown[] {
  return Array.from({ length }, (_, index) => numbers[Math.min(index, numbers.length - 1)] ?? 0);
}

/** One value of a map from names to numbers: a number, or several with commas between; a comma at the end makes one a list. */
export function numbersText(value: unknown): string {
  if (!Array.isArray(value)) return shownAsIs(value);
  return value.length === 1 ? `${String(value[0])},` : value.map(String).join(', ');
}

/** The other way. What is no number stays the text it is: validation says what is wrong with it, and nothing is lost. */
export function numbersOf(text: string): unknown {
  const parts = text.split(',').map((part) => part.trim());
  const isList = parts.length > 1;
  if (isList && parts.at(-1) === '') parts.pop();
  const numbers = parts.map(Number);
  if (parts.some((part, index) => part === '' || !Number.isFinite(numbers[index]))) return text;
  return isList ? numbers : numbers[0];
}

/** The entries of a map with one changed; an empty name takes it out. Undefined where none is left. */
export function withEntry(
  entries: readonly (readonly [string, unknown])[],
  index: number,
  [name, value]: readonly [string, unknown],
): Readonly<Record<string, unknown>> | undefined {
  const next = entries.map((entry, at) => (at === index ? ([name, value] as const) : entry));
  if (index === entries.length) next.push([name, value]);
  const named = next.filter(([key]) => key !== '');
  return named.length === 0 ? undefined : Object.fromEntries(named);
}

function shownAsIs(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
