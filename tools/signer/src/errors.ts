/** What went wrong, by a name that stays the same when the sentence is reworded. */
export type SignerErrorCode =
  | 'SIGNER_BAD_OPTION'
  | 'SIGNER_BAD_TRUTH'
  | 'SIGNER_ENCODER_FAILED'
  | 'SIGNER_RENDERER_FAILED';

/** A fault that a person can mend; the message is one sentence that says how. */
export class SignerError extends Error {
  override readonly name = 'SignerError';

  constructor(
    readonly code: SignerErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
