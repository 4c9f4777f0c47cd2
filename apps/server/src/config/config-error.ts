import { KinegraphError } from '@kinegraph/core';

/** One fault of the configuration. */
export interface ConfigProblem {
  /** A file with a JSON pointer, a variable, or a flag. */
  readonly place: string;
  readonly message: string;
  readonly mend?: string;
}

/** The configuration cannot be used: all its faults at once, a sentence each. */
export class ConfigError extends KinegraphError {
  override readonly name = 'ConfigError';
  readonly code = 'SERVER_CONFIG';
  constructor(
    override readonly data: { readonly problems: readonly ConfigProblem[] },
    options?: ErrorOptions,
  ) {
    super(
      data.problems
        .map(({ place, message, mend }) => `${place}: ${message}${mend === undefined ? '' : ` ${mend}`}`)
        .join('\n'),
      options,
    );
  }
}
