import { KinegraphError, errorMessage } from '@kinegraph/core';

/** There is no set of takes of this name. */
export class SignSetUnknownError extends KinegraphError {
  override readonly name = 'SignSetUnknownError';
  readonly code = 'SERVER_SIGN_SET_UNKNOWN';
  constructor(override readonly data: { set: string }) {
    super(
      `There is no set of takes "${data.set}". GET /api/v1/signs/sets lists those there are; the first take makes one.`,
    );
  }
}

/** A set has no model yet. */
export class SignModelNoneError extends KinegraphError {
  override readonly name = 'SignModelNoneError';
  readonly code = 'SERVER_SIGN_MODEL_NONE';
  constructor(override readonly data: { set: string }) {
    super(`The set "${data.set}" has no model yet. POST /api/v1/signs/sets/${data.set}/trainings makes one.`);
  }
}

/** More of it goes on than may. */
export class SignsBusyError extends KinegraphError {
  override readonly name = 'SignsBusyError';
  readonly code = 'SERVER_SIGNS_BUSY';
  constructor(override readonly data: { what: string; most: number }) {
    super(`${data.most} ${data.what} are under way, which is the most. Wait for one to end, or cancel one.`);
  }
}

/** There is no such training. */
export class SignTrainingUnknownError extends KinegraphError {
  override readonly name = 'SignTrainingUnknownError';
  readonly code = 'SERVER_SIGN_TRAINING_UNKNOWN';
  constructor(override readonly data: { training: string }) {
    super(`There is no training "${data.training}" of this set; only the last ones are kept. Start another.`);
  }
}

/** A run was recorded and showed no hand. */
export class SignNoHandsError extends KinegraphError {
  override readonly name = 'SignNoHandsError';
  readonly code = 'SERVER_SIGN_NO_HANDS';
  constructor(override readonly data: { run: string; sink?: string; seconds: number }) {
    const where = data.sink === undefined ? 'a sink' : `the sink "${data.sink}"`;
    super(
      `No hand reached ${where} of the run "${data.run}" in ${data.seconds} s, so there is no take. Wire hand landmarks to a sink, and show a hand.`,
    );
  }
}

/** An import could not be written to its end. */
export class SignImportBrokenError extends KinegraphError {
  override readonly name = 'SignImportBrokenError';
  readonly code = 'SERVER_SIGN_IMPORT_BROKEN';
  constructor(
    override readonly data: { added: number },
    options: { readonly cause: unknown },
  ) {
    const reason = errorMessage(options.cause).replace(/[.\s]+$/, '');
    super(
      `The import stopped after ${data.added} ${data.added === 1 ? 'take' : 'takes'}, which ${data.added === 1 ? 'is' : 'are'} kept: ${reason}. ` +
        'Mend that and import it again; takes that are there already are passed over.',
      options,
    );
  }
}
