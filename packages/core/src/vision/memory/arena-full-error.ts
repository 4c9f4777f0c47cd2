import { KinegraphError } from '../../base/index.js';

/** The memory that all threads share for frames and kernels cannot grow any further. */
export class ArenaFullError extends KinegraphError {
  override readonly name = 'ArenaFullError';
  readonly code = 'CORE_ARENA_FULL';
  constructor(
    override readonly data: { askedBytes: number; heldBytes: number },
    options?: ErrorOptions,
  ) {
    super(
      `The memory that threads share for frames and pixel kernels has ${data.heldBytes} bytes and cannot grow by ` +
        `${data.askedBytes} more. Run fewer nodes in workers, use smaller frames, or give the machine more memory.`,
      options,
    );
  }
}
