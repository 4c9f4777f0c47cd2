import type { Problem } from '../../graph/index.js';

/** What is wrong with a plugin: the pointer leads into its `package.json`. */
export interface PluginProblem extends Problem {
  /** The package's name, or how it was asked for where the name is not known. */
  readonly plugin: string;
}

/** A step from an object or array to what is inside it. */
export type PathStep = string | number;

/** The JSON pointer (RFC 6901) of a path. */
export function toPointer(path: readonly PathStep[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** A path as people write it: `contributes.nodes[0].kind`. */
export function toFieldName(path: readonly PathStep[]): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[\w$-]+$/.test(step)) return `["${step}"]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}

/** A problem of severity error at one field. `message` follows `Plugin "<name>": `. */
export function pluginProblem(
  plugin: string,
  code: string,
  path: readonly PathStep[],
  message: string,
  mend?: string,
): PluginProblem {
  return {
    code,
    severity: 'error',
    plugin,
    pointer: toPointer(path),
    message: `Plugin "${plugin}": ${message}`,
    ...(mend === undefined ? {} : { mend }),
  };
}

const LONGEST_SHOWN = 60;

/** A value as it is shown in a sentence, cut where it is long. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 3)}...` : text;
}
