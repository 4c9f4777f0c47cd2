import {
  encodeCompressedImage,
  encodeValueMessage,
  FRAME_SCHEMA,
  isLandmarks,
  LANDMARKS_SCHEMA,
  VALUE_SCHEMA,
  type EncodedFormat,
  type Place,
  type RecordingSchema,
} from '../codec/index.js';
import type { RecordingChannel } from '../mcap/index.js';
import type { RecordingWriter } from './recording-writer.js';

/** An encoded image of a frame. */
export interface RecordableImage {
  readonly format: EncodedFormat;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  /** How it was made, where the frame came as pixels: the picture is not the same to the bit then. */
  readonly madeBy?: string;
}

/** The largest whole second that MCAP's readers take, and some more than any clock says. */
const LAST_LOG_TIME = 2n ** 63n - 1n;

/** Writes the packets of one topic. Everything given is copied at once, and stays the caller's. */
export class TopicRecorder {
  readonly #channels = new Map<string, RecordingChannel>();

  /** @param epochMs - milliseconds since 1970 at the zero of the run's clock. */
  constructor(
    readonly topic: string,
    private readonly node: string,
    private readonly writer: RecordingWriter,
    private readonly epochMs: number,
    private readonly owner: { register(channel: RecordingChannel): void; close(): Promise<void> },
  ) {}

  /** The path that all parts begin with. */
  get recording(): string {
    return this.writer.recording;
  }

  /** Takes an image. @returns bytes that it takes @throws NotRecordableError for a place that is none */
  writeFrame(place: Place, image: RecordableImage): number {
    const { madeBy, ...encoded } = image;
    const facts = madeBy === undefined ? { lossy: 'false' } : { lossy: 'true', madeBy };
    const logTime = this.#logTime(place.timestampMs);
    const data = encodeCompressedImage({ ...place, ...encoded }, logTime);
    this.writer.write({ channel: this.#channel(FRAME_SCHEMA, facts), logTime, data, isFrame: true });
    return data.byteLength;
  }

  /** Takes anything else. @returns bytes that it takes @throws NotRecordableError - RECORDING_VALUE */
  writeValue(place: Place, value: unknown): number {
    const landmarks = isLandmarks(value);
    const data = encodeValueMessage(place, value, landmarks);
    const channel = this.#channel(landmarks ? LANDMARKS_SCHEMA : VALUE_SCHEMA, {});
    this.writer.write({ channel, logTime: this.#logTime(place.timestampMs), data, isFrame: false });
    return data.byteLength;
  }

  /** Settles once all that was taken is on the disk, as far as it can be. */
  async flush(): Promise<void> {
    await this.writer.flush();
  }

  /** The last topic of a recording to close completes it. */
  async close(): Promise<void> {
    await this.owner.close();
  }

  #channel(schema: RecordingSchema, facts: Readonly<Record<string, string>>): RecordingChannel {
    const key = `${schema.name} ${JSON.stringify(facts)}`;
    let channel = this.#channels.get(key);
    if (channel === undefined) {
      channel = { topic: this.topic, schema, metadata: { node: this.node, ...facts } };
      this.#channels.set(key, channel);
      this.owner.register(channel);
    }
    return channel;
  }

  /** Nanoseconds since 1970, rounded: for people. What a replay needs is exact, in the message. */
  #logTime(timestampMs: number): bigint {
    const time = BigInt(Math.round(this.epochMs * 1e6)) + nanoseconds(timestampMs);
    if (time < 0n) return 0n;
    return time > LAST_LOG_TIME ? LAST_LOG_TIME : time;
  }
}

function nanoseconds(ms: number): bigint {
  return Number.isFinite(ms) ? BigInt(Math.round(ms * 1e6)) : 0n;
}
