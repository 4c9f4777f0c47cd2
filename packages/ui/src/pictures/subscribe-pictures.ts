import { readFrameMessage } from '@kinegraph/core/protocol';
import { LastingSocket } from '../connection/index.js';
import type { ConnectionOptions, ConnectionState } from '../connection/index.js';

/** A picture of a node, not decoded. */
export interface ReceivedPicture {
  /** The sender's count; results of the frame have the same. */
  readonly sequence: number;
  /** The sender's clock at capture, in milliseconds; results of the frame have the same. */
  readonly capturedAtMs: number;
  readonly jpeg: Uint8Array;
}

/** Options of `subscribePictures`. */
export interface PicturesOptions extends ConnectionOptions {
  readonly onPicture: (picture: ReceivedPicture) => void;
  /** A message could not be read. The connection stays. */
  readonly onFault?: (error: unknown) => void;
}

/** A subscription to the pictures of a node. */
export interface PicturesConnection extends Disposable {
  readonly state: ConnectionState;
  /** Ends it for good; no timer and no listener is left. */
  close(): void;
}

/**
 * Connects to the pictures of a node, `/api/v1/runs/:run/nodes/:node/pictures`, as they come; a slow line gets the newest.
 *
 * @throws ConnectionUrlError, NoWebSocketError
 */
export function subscribePictures(options: PicturesOptions): PicturesConnection {
  const { onFault, onPicture } = options;
  const socket: LastingSocket = new LastingSocket(options, {
    onOpen: () => socket.markLive(), // a line opens in a later turn
    onText: () => {}, // a newer server may say something
    onBytes: (bytes) => {
      const { header, image } = readFrameMessage(bytes);
      if (header !== undefined)
        onPicture({ sequence: header.sequence, capturedAtMs: header.capturedAtMs, jpeg: image });
    },
    ...(onFault === undefined ? {} : { onFault }),
  });
  return {
    get state() {
      return socket.state;
    },
    close: () => socket.close(),
    [Symbol.dispose]: () => socket.close(),
  };
}
