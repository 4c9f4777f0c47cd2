/** JSON has no word for these; they are written as text. */
const ODD: readonly string[] = ['NaN', 'Infinity', '-Infinity'];

/** A double as JSON that gives the very same double back; -0 too. NaN and the infinities become text in quotes. */
export function doubleText(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  return Number.isFinite(value) ? String(value) : `"${value}"`;
}

/** As `doubleText` for a float32, in as few digits as tell it from its neighbours: 0.1 in place of 0.10000000149011612. */
export function floatText(value: number): string {
  if (Number.isInteger(value) || !Number.isFinite(value)) return doubleText(value);
  for (let digits = 7; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9))); // nine digits tell all float32 apart
}

/** What `doubleText` and `floatText` wrote, parsed as JSON. Undefined for anything else. */
export function readNumber(json: unknown): number | undefined {
  if (typeof json === 'number') return json;
  return typeof json === 'string' && ODD.includes(json) ? Number(json) : undefined;
}
