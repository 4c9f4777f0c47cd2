import { KinegraphError } from '@kinegraph/core/plugin';

/** The address of a camera can never work. */
export class CameraUrlError extends KinegraphError {
  override readonly name = 'CameraUrlError';
  readonly code = 'MEDIA_CAMERA_URL';
  constructor(override readonly data: { camera: string; fault: string }) {
    super(
      `"${data.camera}" is no address of a camera: ${data.fault}. ` +
        'Allowed are rtsp://, rtsps://, http:// and https:// with a host, and device: with the name of a local camera.',
    );
  }
}

/** The environment variable that should hold a camera's password is not set. */
export class CameraPasswordError extends KinegraphError {
  override readonly name = 'CameraPasswordError';
  readonly code = 'MEDIA_CAMERA_PASSWORD';
  constructor(override readonly data: { camera: string; variable: string }) {
    super(
      `The password of "${data.camera}" should be in the environment variable ${data.variable}, which is not set. ` +
        'Set it where Kinegraph is started, or correct passwordEnv.',
    );
  }
}

/** The operator does not allow the address that the camera's name leads to. */
export class CameraNotAllowedError extends KinegraphError {
  override readonly name = 'CameraNotAllowedError';
  readonly code = 'MEDIA_CAMERA_NOT_ALLOWED';
  constructor(
    override readonly data: { camera: string; addresses: readonly string[] },
    options?: ErrorOptions,
  ) {
    super(
      `"${data.camera}" leads to ${data.addresses.join(', ')}, which may not be opened. ` +
        'The operator of the server decides which addresses are allowed.',
      options,
    );
  }
}

/** No connection could be made, or nothing came of it. It is tried again. */
export class CameraUnreachableError extends KinegraphError {
  override readonly name = 'CameraUnreachableError';
  readonly code = 'MEDIA_CAMERA_UNREACHABLE';
  constructor(
    override readonly data: { camera: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `The camera "${data.camera}" cannot be reached (${data.reason}). It is tried again by itself; ` +
        'check that it is switched on, and its address and port.',
      options,
    );
  }
}

/** The camera says no: wrong or missing password (401, 403), or no such stream (404). It is tried again, seldom. */
export class CameraRefusedError extends KinegraphError {
  override readonly name = 'CameraRefusedError';
  readonly code = 'MEDIA_CAMERA_REFUSED';
  constructor(
    override readonly data: { camera: string; status: number },
    options?: ErrorOptions,
  ) {
    const [why, mend] =
      data.status === 404
        ? ['it has no such stream', 'Check the path of the address']
        : ['user name or password are wrong or missing', 'Set username and passwordEnv'];
    super(`The camera "${data.camera}" refuses with status ${data.status}: ${why}. ${mend}.`, options);
  }
}

/** The camera's stream has no picture. */
export class CameraNoVideoError extends KinegraphError {
  override readonly name = 'CameraNoVideoError';
  readonly code = 'MEDIA_CAMERA_NO_VIDEO';
  constructor(
    override readonly data: { camera: string },
    options?: ErrorOptions,
  ) {
    super(`The stream of "${data.camera}" has no video track. Check the path of the address.`, options);
  }
}

/** A connection that had given frames has ended. It is made anew. */
export class CameraLostError extends KinegraphError {
  override readonly name = 'CameraLostError';
  readonly code = 'MEDIA_CAMERA_LOST';
  constructor(
    override readonly data: { camera: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `The connection to the camera "${data.camera}" was lost (${data.reason}). It is made anew by itself; ` +
        'check the network and the power of the camera where this comes often.',
      options,
    );
  }
}

/** A camera has changed the size of its pictures, which the ffmpeg program would stretch. The connection is made anew. */
export class CameraResizedError extends KinegraphError {
  override readonly name = 'CameraResizedError';
  readonly code = 'MEDIA_CAMERA_RESIZED';
  constructor(override readonly data: { camera: string; from: string; to: string }) {
    super(
      `The pictures of the camera "${data.camera}" changed from ${data.from} to ${data.to}, so the connection is made anew. ` +
        'The driver node-av takes such a change without a pause.',
    );
  }
}

/** A connection gave no frame for too long and was closed. It is made anew. */
export class CameraSilentError extends KinegraphError {
  override readonly name = 'CameraSilentError';
  readonly code = 'MEDIA_CAMERA_SILENT';
  constructor(
    override readonly data: { camera: string; limitMs: number },
    options?: ErrorOptions,
  ) {
    super(
      `The camera "${data.camera}" gave no frame for ${data.limitMs} ms, so the connection is made anew. ` +
        'Raise frameTimeoutMs for a camera that is slower than that.',
      options,
    );
  }
}
