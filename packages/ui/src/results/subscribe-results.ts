import { SystemClock } from '@kinegraph/core';
import { readFloatResult, readLayout } from '@kinegraph/core/protocol';
import type { ErrorMessage, LayoutMessage, MissedMessage, ResultMessage } from '@kinegraph/core/protocol';
import { LastingSocket } from '../connection/index.js';
import type { ClockEstimate, ConnectionOptions, ConnectionState } from '../connection/index.js';

/** How results travel: as text, as MessagePack, or as floats in a fixed layout (landmarks only). */
export type ResultFormat = 'json' | 'msgpack' | 'float32';

/** Options of `subscribeResults`. */
export interface ResultsOptions extends ConnectionOptions {
  /**
   * Called with each result, and when it came (by the clock of the connection). Values of landmarks are rows of numbers
   * with `json` and `msgpack`, and Float32Arrays with `float32`; `landmarksOf` reads both.
   */
  readonly onResult: (result: ResultMessage, receivedAtMs: number) => void;
  /** The server left so many results out because this side was too slow. */
  readonly onMissed?: (count: number) => void;
  /** The server could not use something that was sent. The connection stays. */
  readonly onError?: (message: ErrorMessage) => void;
  /** A message could not be read. The connection stays. */
  readonly onFault?: (error: unknown) => void;
  /** Default: json. */
  readonly format?: ResultFormat;
  /** Reads MessagePack; needed for that format, for example `decode` of `@msgpack/msgpack`. */
  readonly decode?: (bytes: Uint8Array) => unknown;
}

/** A subscription to the results of a run. */
export interface ResultsConnection extends Disposable {
  readonly state: ConnectionState;
  /** The server's clock; undefined before the first ping came back. */
  readonly serverClock: ClockEstimate | undefined;
  /** Ends it for good; no timer and no listener is left. */
  close(): void;
}

/**
 * Connects to the results of a run, `/api/v1/runs/:run/results`.
 *
 * @throws ConnectionUrlError, NoWebSocketError, TypeError where MessagePack is asked for without a `decode`.
 */
export function subscribeResults(options: ResultsOptions): ResultsConnection {
  if (options.format === 'msgpack' && options.decode === undefined)
    throw new TypeError('Results as MessagePack need the option "decode", for example that of @msgpack/msgpack.');
  return new ResultsReader(options);
}

class ResultsReader implements ResultsConnection {
  readonly #socket: LastingSocket;
  readonly #options: ResultsOptions;
  readonly #nowMs: () => number;
  /** Of this line: another server may number otherwise. */
  #layout: LayoutMessage | undefined;

  constructor(options: ResultsOptions) {
    this.#options = options;
    const clock = options.clock ?? new SystemClock();
    this.#nowMs = () => clock.nowMs();
    const { onFault } = options;
    this.#socket = new LastingSocket(options, {
      protocols: [`kinegraph.${options.format ?? 'json'}`],
      onOpen: () => {
        this.#layout = undefined;
        this.#socket.markLive();
      },
      onText: (message) => this.#onMessage(message),
      onBytes: (bytes) => this.#onBytes(bytes),
      ...(onFault === undefined ? {} : { onFault }),
    });
  }

  get state(): ConnectionState {
    return this.#socket.state;
  }

  get serverClock(): ClockEstimate | undefined {
    return this.#socket.clockSync.estimate;
  }

  close(): void {
    this.#socket.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #onBytes(bytes: Uint8Array): void {
    if (this.#options.decode === undefined) this.#onMessage(readFloatResult(bytes, this.#layout));
    else this.#socket.receive(this.#options.decode(bytes));
  }

  #onMessage(message: { readonly type?: unknown }): void {
    switch (message.type) {
      case 'result':
        this.#options.onResult(message as ResultMessage, this.#nowMs());
        break;
      case 'layout':
        this.#layout = readLayout(message);
        break;
      case 'missed':
        this.#options.onMissed?.((message as MissedMessage).count);
        break;
      case 'error':
        this.#options.onError?.(message as ErrorMessage);
        break;
      default: // a newer server may say more
    }
  }
}
