import { KinegraphError } from '@kinegraph/core';

/** There is nothing under this path. */
export class NotFoundError extends KinegraphError {
  override readonly name = 'NotFoundError';
  readonly code = 'SERVER_NOT_FOUND';
  constructor(override readonly data: { method: string; path: string }) {
    super(`There is nothing for ${data.method} ${data.path}. docs/api.md lists what there is.`);
  }
}
