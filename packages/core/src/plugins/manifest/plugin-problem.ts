import { jsonPointer } from '../../graph/index.js';
import type { PathStep, Problem } from '../../graph/index.js';

/** What is wrong with a plugin: the pointer leads into its `package.json`. */
export interface PluginProblem extends Problem {
  /** The package's name, or how it was asked for where the name is not known. */
  readonly plugin: string;
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
    pointer: jsonPointer(path),
    message: `Plugin "${plugin}": ${message}`,
    ...(mend === undefined ? {} : { mend }),
  };
}
