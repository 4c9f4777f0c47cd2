import { KinegraphError } from '@kinegraph/core';

/** Models are being fetched already. */
export class ModelPullBusyError extends KinegraphError {
  override readonly name = 'ModelPullBusyError';
  readonly code = 'SERVER_MODEL_PULL_BUSY';
  constructor(override readonly data: { pull: string }) {
    super(`Models are being fetched already (pull "${data.pull}"). Wait for its end, or cancel it.`);
  }
}

/** There is no such pull. */
export class ModelPullUnknownError extends KinegraphError {
  override readonly name = 'ModelPullUnknownError';
  readonly code = 'SERVER_MODEL_PULL_UNKNOWN';
  constructor(override readonly data: { pull: string }) {
    super(`There is no pull "${data.pull}" of models; only the last ones are kept. Start another.`);
  }
}
