import { connectSource } from '../source/connect-source.js';
import type { SourceConnection } from '../source/connect-source.js';
import type { ConnectionState } from '../connection/index.js';
import type { PastPicture } from '../drawing/index.js';
import { openCamera } from './open-camera.js';
import type { Picture } from './picture.js';
import { sendCamera } from './send-camera.js';
import type { EncodedFrame } from './send-camera.js';
import { canWatchTracks } from './watch-frames.js';

/** Who is told of a camera. */
export interface CameraListener {
  readonly onPicture: (picture: PastPicture<Picture>) => void;
  /** A frame as it went to the server. */
  readonly onEncoded?: (frame: EncodedFrame) => void;
  readonly onState: (state: ConnectionState) => void;
  /** The camera went away by itself: it was unplugged, or no longer allowed. */
  readonly onLost: () => void;
  /** What the server said of a frame it could not use, or what went wrong here. */
  readonly onFault: (sentence: string) => void;
}

/** Pictures are kept for a moment and may be large: this is enough for a screen. */
const KEPT_SHORT_SIDE = 540;

/** A camera of this computer that is opened, watched and sent to a source of a run. */
export class CameraSession implements Disposable {
  #source: SourceConnection;
  #isOver = false;
  readonly #stopping = new AbortController();

  private constructor(
    private readonly stream: MediaStream,
    private readonly url: string,
    private readonly listener: CameraListener,
  ) {
    this.#source = this.#connect();
  }

  /** Asks for the camera and begins to send. @throws CameraError */
  static async start(url: string, listener: CameraListener): Promise<CameraSession> {
    const session = new CameraSession(await openCamera(), url, listener);
    void session.#send();
    return session;
  }

  get source(): SourceConnection {
    return this.#source;
  }

  /** Takes the source back from another sender. */
  connectAgain(): void {
    this.#source.close();
    this.#source = this.#connect();
  }

  [Symbol.dispose](): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stopping.abort();
    this.#source.close();
    for (const track of this.stream.getTracks()) track.stop();
  }

  #connect(): SourceConnection {
    const { onState, onFault } = this.listener;
    return connectSource({
      url: this.url,
      onState: (state) => {
        if (!this.#isOver) onState(state);
      },
      onError: ({ message }) => onFault(message),
      onFault: (error) => onFault(error instanceof Error ? error.message : String(error)),
    });
  }

  async #send(): Promise<void> {
    const [track] = this.stream.getVideoTracks();
    if (track === undefined) return;
    const input = canWatchTracks() ? track : await playing(this.stream);
    // The connection may be another one by the time of a frame.
    const target: Pick<SourceConnection, 'send'> = { send: (image, frame) => this.#source.send(image, frame) };
    const sending = sendCamera(target, input, {
      onPicture: this.listener.onPicture,
      ...(this.listener.onEncoded === undefined ? {} : { onEncoded: this.listener.onEncoded }),
      pictureShortSide: KEPT_SHORT_SIDE,
      signal: this.#stopping.signal,
    });
    track.addEventListener('ended', () => sending.stop(), { once: true });
    await sending.ended;
    if (!this.#isOver) this.listener.onLost();
  }
}

async function playing(stream: MediaStream): Promise<HTMLVideoElement> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  await video.play();
  return video;
}
