import { KinegraphError } from '@kinegraph/core';

/** Why there is no camera. */
export type CameraErrorCode =
  | 'UI_CAMERA_INSECURE'
  | 'UI_CAMERA_DENIED'
  | 'UI_CAMERA_NONE'
  | 'UI_CAMERA_IN_USE'
  | 'UI_CAMERA_UNSUITED'
  | 'UI_CAMERA_FAILED';

const SENTENCES: Readonly<Record<CameraErrorCode, string>> = {
  UI_CAMERA_INSECURE:
    'Browsers give the camera only to safe pages, and this one came over plain HTTP from another computer. Open it as ' +
    'http://localhost, or give the server a certificate and open it with https.',
  UI_CAMERA_DENIED:
    'The camera was not allowed. Allow it for this page, by the camera or lock sign beside the address, or in the ' +
    "system's privacy settings, and start again.",
  UI_CAMERA_NONE: 'No camera was found. Connect one and start again.',
  UI_CAMERA_IN_USE:
    'The camera could not be started, most often because another program or tab uses it. Close that one and start again.',
  UI_CAMERA_UNSUITED: 'No camera fits what was asked for. Choose another camera, or ask for less.',
  UI_CAMERA_FAILED: 'The camera could not be started. Start again, or try another browser.',
};

/** The names by which `getUserMedia` fails: https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia */
const CODES: Readonly<Record<string, CameraErrorCode>> = {
  NotAllowedError: 'UI_CAMERA_DENIED',
  SecurityError: 'UI_CAMERA_DENIED',
  NotFoundError: 'UI_CAMERA_NONE',
  NotReadableError: 'UI_CAMERA_IN_USE',
  AbortError: 'UI_CAMERA_IN_USE',
  OverconstrainedError: 'UI_CAMERA_UNSUITED',
};

/** A camera could not be started; the message says why and what to do, in words for whoever sits before it. */
export class CameraError extends KinegraphError {
  override readonly name = 'CameraError';
  constructor(
    readonly code: CameraErrorCode,
    options?: ErrorOptions,
  ) {
    super(SENTENCES[code], options);
  }

  /** What a failure of `getUserMedia` means. */
  static of(cause: unknown): CameraError {
    const name = cause instanceof Error ? cause.name : '';
    return new CameraError(CODES[name] ?? 'UI_CAMERA_FAILED', { cause });
  }
}
