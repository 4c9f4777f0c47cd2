import { ConfigError } from '../../config/index.js';
import type { MachineCheck } from '../check.js';
import { fault, good, sentenceOf, warning } from '../finding.js';

/** Whether the configuration can be used, and what in it looks mistyped. */
export const configuration: MachineCheck = {
  name: 'configuration',
  of: 'machine',
  run: async ({ configuration: found }) => {
    if ('error' in found) {
      const { error } = found;
      if (!(error instanceof ConfigError)) throw error;
      return error.data.problems.map(({ place, message, mend }) =>
        fault(`${place}: ${message}`, mend ?? 'Correct it; docs/configuration.md lists all settings.'),
      );
    }
    const { loaded } = found;
    const kinds = new Set([...loaded.origins.values()].map(({ kind }) => kind));
    const sources = [
      ...(loaded.file === undefined ? [] : [loaded.file]),
      ...(kinds.has('environment') ? ['the environment'] : []),
      ...(kinds.has('flag') ? ['flags'] : []),
    ];
    const from = sources.length === 0 ? 'defaults only' : `from ${sources.join(', ')}`;
    return await Promise.resolve([
      good(`The configuration is valid (${from}).`),
      ...loaded.warnings.map((text) => warning(sentenceOf(text), 'Correct the name of the variable, or unset it.')),
    ]);
  },
};
