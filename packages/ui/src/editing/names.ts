import { MAX_NAME_LENGTH, NAME_PATTERN } from '@kinegraph/core';

/**
 * A name that nobody has yet: the wish, or the wish and a number.
 * @param taken - true for names that are used.
 */
export function freeName(wish: string, taken: (name: string) => boolean): string {
  const base = nameOf(wish);
  if (!taken(base)) return base;
  const stem = base.replace(/-?\d+$/, '') || base;
  for (let number = 2; ; number += 1) {
    const suffix = `-${number}`;
    const name = stem.slice(0, MAX_NAME_LENGTH - suffix.length) + suffix;
    if (!taken(name)) return name;
  }
}

/** A name for a node of this type: `hands` of `mediapipe.hands`, `latest` of `core.buffer.latest`. */
export function nameForType(type: string): string {
  return nameOf(type.split('.').at(-1) ?? type);
}

/** As close to the wish as names may be: a lower-case letter, then letters, digits and dashes. */
export function nameOf(wish: string): string {
  const plain = wish
    .normalize('NFKD')
    .replaceAll(/[^a-zA-Z0-9]+/g, '-')
    .replaceAll(/^[^a-zA-Z]+|-+$/g, '')
    .slice(0, MAX_NAME_LENGTH);
  const name = plain.charAt(0).toLowerCase() + plain.slice(1);
  return NAME_PATTERN.test(name) ? name : 'node';
}
