import { encodeFrameMessage } from '@kinegraph/core/protocol';
import type { FrameMessageFormat } from '@kinegraph/core/protocol';
import { IngestLine } from './ingest-line.js';
import type { IngestConnection, SendOutcome, SourceOptions } from './ingest-line.js';

/** What a sender says of its frame. */
export interface FrameToSend {
  readonly format: FrameMessageFormat;
  /** When it was captured, by the clock of the connection (`performance.now()`), in milliseconds. */
  readonly capturedAtMs: number;
  /** Counts up; 0 to 2^32 - 1. */
  readonly sequence: number;
}

/** A sender of frames to one source of a run. */
export interface SourceConnection extends IngestConnection {
  /**
   * Sends a frame, or drops it: a frame waits for no other.
   *
   * @param image - Bytes of a JPEG, PNG or WebP; or what makes them, called only if the frame is taken.
   */
  send(image: Uint8Array | (() => Promise<Uint8Array>), frame: FrameToSend): SendOutcome;
}

/**
 * Connects to the ingest address of a source of frames, `/api/v1/runs/:run/sources/:node/ingest`, to send frames there.
 *
 * @throws ConnectionUrlError, NoWebSocketError
 */
export function connectSource(options: SourceOptions): SourceConnection {
  return new FrameSender(options);
}

class FrameSender extends IngestLine implements SourceConnection {
  #encoding = false;

  send(image: Uint8Array | (() => Promise<Uint8Array>), frame: FrameToSend): SendOutcome {
    const refused = this.refused(this.#encoding);
    if (refused !== undefined) return refused;
    if (image instanceof Uint8Array) return this.transmit(encoded(image, frame));
    void this.#encode(image, frame);
    return 'taken';
  }

  async #encode(make: () => Promise<Uint8Array>, frame: FrameToSend): Promise<void> {
    this.#encoding = true;
    try {
      this.transmit(encoded(await make(), frame));
    } catch (error) {
      this.failed(error);
    } finally {
      this.#encoding = false;
    }
  }
}

function encoded(image: Uint8Array, frame: FrameToSend): Uint8Array<ArrayBuffer> {
  return encodeFrameMessage({ ...frame, sequence: frame.sequence >>> 0 }, image);
}
