/** What went wrong, by a name that stays the same when the sentence is reworded. */
export type TrainerErrorCode =
  | 'TRAINER_BAD_OPTION'
  | 'TRAINER_BAD_NETWORK'
  | 'TRAINER_BAD_TASK'
  | 'TRAINER_BAD_WEIGHTS'
  | 'TRAINER_DIVERGED'
  | 'TRAINER_NOT_REPRODUCED'
  | 'TRAINER_STOPPED'
  | 'TRAINER_WORKER_FAILED';

/** A fault that a person can mend; the message is one sentence that says how. */
export class TrainerError extends Error {
  override readonly name = 'TrainerError';

  constructor(
    readonly code: TrainerErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
