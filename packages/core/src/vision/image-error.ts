import { KinegraphError } from '../base/index.js';

/** An image that cannot be used; its frame is lost, the stream goes on. */
export class ImageError extends KinegraphError {
  override readonly name = 'ImageError';
  constructor(
    readonly code:
      | 'IMAGE_EMPTY'
      | 'IMAGE_UNKNOWN_FORMAT'
      | 'IMAGE_TRUNCATED'
      | 'IMAGE_TOO_LARGE'
      | 'IMAGE_BROKEN'
      | 'IMAGE_NOT_ENCODED',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
