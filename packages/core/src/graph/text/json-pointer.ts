/** A step from an object or a list to what is inside it. */
export type PathStep = string | number;

/** The JSON pointer (RFC 6901) of a path: `['nodes', 'a/b', 0]` gives `/nodes/a~1b/0`. The empty path gives `''`. */
export function jsonPointer(path: readonly PathStep[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** A path as people write it: `wires[0]`, `nodes.hands.config`. */
export function fieldName(path: readonly PathStep[]): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[\w$-]+$/.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}

/** What a path leads to; undefined where it leads nowhere. Inherited properties are not followed. */
export function valueAt(root: unknown, path: readonly PathStep[]): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step) as unknown;
  }
  return value;
}
