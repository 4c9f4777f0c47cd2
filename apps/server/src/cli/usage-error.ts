import { KinegraphError } from '@kinegraph/core';

/** The command line was not understood. */
export class UsageError extends KinegraphError {
  override readonly name = 'UsageError';
  readonly code = 'CLI_USAGE';
  constructor(
    message: string,
    override readonly data: { command?: string } = {},
  ) {
    super(message);
  }
}
