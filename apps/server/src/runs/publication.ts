import { encode as encodeMsgpack } from '@msgpack/msgpack';
import { toJson } from '@kinegraph/core';
import type { FloatResultEncoder, LayoutMessage, ResultMessage } from '@kinegraph/core/protocol';

/** Decimals of the numbers in values: a landmark to 1/100 of a pixel, or to 1/100 of a millimetre. */
const VALUE_DIGITS = 5;
const TIME_DIGITS = 3;

/** A result as floats, and the layout that says what they mean. */
export interface FloatEncoding {
  readonly bytes: Uint8Array;
  readonly layout: LayoutMessage;
}

/** One result, encoded once for each format however many viewers there are, and not at all for none. */
export class Publication {
  /** Newer results of the same sinks for the same source take its place where a viewer is slow. */
  readonly key: string;
  #plain: ResultMessage | undefined;
  #json: string | undefined;
  #msgpack: Uint8Array | undefined;
  #floats: FloatEncoding | undefined;

  /**
   * @param message - with values as they are on the wires.
   * @param encoder - the run's own: it numbers sinks and skeletons.
   */
  constructor(
    readonly message: ResultMessage,
    private readonly encoder: FloatResultEncoder,
  ) {
    this.key = `${message.source}\n${Object.keys(message.values).join('\n')}`;
  }

  /** The message as JSON can say it, numbers rounded. */
  get plain(): ResultMessage {
    this.#plain ??= plainOf(this.message);
    return this.#plain;
  }

  get json(): string {
    this.#json ??= JSON.stringify(this.plain);
    return this.#json;
  }

  get msgpack(): Uint8Array {
    this.#msgpack ??= encodeMsgpack(this.plain, { ignoreUndefined: true });
    return this.#msgpack;
  }

  get floats(): FloatEncoding {
    this.#floats ??= { bytes: this.encoder.encode(this.message), layout: this.encoder.layout };
    return this.#floats;
  }
}

function plainOf(message: ResultMessage): ResultMessage {
  const { timestampMs, capturedAtMs, ageMs, values } = message;
  const time = (ms: number): number => toJson(ms, TIME_DIGITS) as number; // a number stays one; those here are finite
  return {
    ...message,
    timestampMs: time(timestampMs),
    capturedAtMs: time(capturedAtMs),
    ageMs: time(ageMs),
    values: toJson(values, VALUE_DIGITS) as Readonly<Record<string, unknown>>, // an object stays one
  };
}
