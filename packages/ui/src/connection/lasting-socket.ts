import { SystemClock } from '@kinegraph/core';
import type { Clock } from '@kinegraph/core';
import type { PingMessage, PongMessage } from '@kinegraph/core/protocol';
import { backOffMs } from './back-off.js';
import { ClockSync } from './clock-sync.js';
import { NoWebSocketError } from './connection-errors.js';
import { closeCause, isFinal } from './connection-state.js';
import type { CloseCause, ConnectionState } from './connection-state.js';
import { SOCKET_OPEN } from './socket.js';
import type { Socket, SocketClose, SocketConstructor, SocketMessage } from './socket.js';
import { socketUrl } from './socket-url.js';

/** What every connection to a server can be told. */
export interface ConnectionOptions {
  /** Where to: `ws:`, `wss:`, `http:`, `https:`, or a path of the page's own server. */
  readonly url: string | URL;
  /** Closes the connection for good when it fires. */
  readonly signal?: AbortSignal;
  /** Called with each new state, beginning with `connecting`. */
  readonly onState?: (state: ConnectionState) => void;
  /** What makes sockets. Default: the global WebSocket. */
  readonly WebSocket?: SocketConstructor;
  /** Time. Default: real time, from `performance.now()`. */
  readonly clock?: Clock;
  /** Chance, 0-1. Default: `Math.random`. */
  readonly random?: () => number;
}

/** What the owner of a LastingSocket brings along. */
export interface LastingSocketOwner {
  readonly protocols?: readonly string[];
  /** Parameters that the address is given where it has none of the name. */
  readonly query?: Readonly<Record<string, string>>;
  /** A line stands; for an owner that needs no greeting, the place to call `markLive`. */
  readonly onOpen?: () => void;
  /** Parsed text that is no ping and no pong. */
  readonly onText: (message: { readonly type?: unknown }) => void;
  readonly onBytes?: (bytes: Uint8Array) => void;
  /** A message that could not be read, or an error of who was told of it. Default: told as an uncaught error. */
  readonly onFault?: (error: unknown) => void;
}

/** Both ends show that they are there this often. */
const PING_MS = 2000;
/** A line on which nothing was heard for so long is given up. */
const SILENCE_MS = 10_000;
/** A line that is not live after so long is given up. */
const CONNECT_MS = 10_000;
/** A line that was live for so long was a good one: the next back-off begins anew. */
const GOOD_MS = 5000;
/** A socket may yet tell of an error after it was given up; without a listener, that of `ws` would throw it. */
const ignore = (): void => {};

function tellUncaught(error: unknown): void {
  const { reportError } = globalThis as { reportError?: (error: unknown) => void };
  if (reportError === undefined) throw error;
  reportError(error);
}

/**
 * A WebSocket that comes back: it connects again with back-off when the line breaks or falls silent, answers pings, knows
 * the other side's clock, and ends for good by `close`, by its signal, or by a close code that another try would not mend.
 */
export class LastingSocket implements Disposable {
  /** The other side's clock, from pings of this side; begins anew with each line. */
  readonly clockSync = new ClockSync();
  readonly #owner: LastingSocketOwner;
  readonly #onState: (state: ConnectionState) => void;
  readonly #signal: AbortSignal | undefined;
  readonly #url: string;
  readonly #Socket: SocketConstructor;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #timers = new Map<'connect' | 'ping' | 'retry', Disposable>();
  #state: ConnectionState = { state: 'connecting' };
  #socket: Socket | undefined;
  #attempt = 0;
  #liveSinceMs = 0;
  #heardAtMs = 0;
  #pings = 0;

  /** @throws ConnectionUrlError, NoWebSocketError */
  constructor(options: ConnectionOptions, owner: LastingSocketOwner) {
    this.#owner = owner;
    this.#onState = options.onState ?? ignore;
    this.#signal = options.signal;
    this.#url = socketUrl(options.url, owner.query);
    const given = options.WebSocket ?? (globalThis as { WebSocket?: SocketConstructor }).WebSocket;
    if (given === undefined) throw new NoWebSocketError();
    this.#Socket = given;
    this.#clock = options.clock ?? new SystemClock();
    this.#random = options.random ?? Math.random;
    this.#signal?.addEventListener('abort', this.#onAbort);
    if (this.#signal?.aborted === true) this.close();
    else this.#connect();
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Bytes that were given to the line and have not left yet. */
  get bufferedAmount(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  /** The owner has heard what it waits for. */
  markLive(): void {
    if (this.#state.state !== 'connecting' || this.#socket === undefined) return;
    this.#clear('connect');
    this.#liveSinceMs = this.#clock.nowMs();
    this.#enter({ state: 'live' });
  }

  /** False where there is no open line. */
  send(data: string | Uint8Array<ArrayBuffer>): boolean {
    if (this.#socket?.readyState !== SOCKET_OPEN) return false;
    this.#socket.send(data);
    return true;
  }

  /** Ends the connection for good; nothing is called any more but `onState`, once. */
  close(): void {
    this.#end({ reason: 'closedHere', code: 1000, text: '' });
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #connect(): void {
    this.#enter({ state: 'connecting' });
    if (this.#state.state !== 'connecting') return; // closed by who was told
    const socket = new this.#Socket(this.#url, [...(this.#owner.protocols ?? [])]);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('error', ignore);
    socket.addEventListener('open', this.#onOpen);
    socket.addEventListener('message', this.#onMessage);
    socket.addEventListener('close', this.#onClose);
    this.#socket = socket;
    this.#set('connect', CONNECT_MS, () => this.#lose({ reason: 'lost', code: 1006, text: 'No answer in time.' }));
  }

  readonly #onAbort = (): void => this.close();

  readonly #onOpen = (): void => {
    this.clockSync.clear();
    this.#heardAtMs = this.#clock.nowMs();
    this.#ping();
    this.#owner.onOpen?.();
  };

  readonly #onMessage = ({ data }: SocketMessage): void => {
    this.#heardAtMs = this.#clock.nowMs();
    try {
      if (data instanceof ArrayBuffer) this.#owner.onBytes?.(new Uint8Array(data));
      else if (typeof data === 'string') this.receive(JSON.parse(data));
    } catch (error) {
      (this.#owner.onFault ?? tellUncaught)(error);
    }
  };

  readonly #onClose = ({ code, reason }: SocketClose): void => this.#lose(closeCause(code, reason));

  /** Takes a message that came as text, or that the owner has unpacked. */
  receive(message: unknown): void {
    if (typeof message !== 'object' || message === null) return;
    const typed = message as { type?: unknown };
    if (typed.type === 'ping') this.#answer(message as PingMessage);
    else if (typed.type === 'pong') this.clockSync.add(message as PongMessage, this.#clock.nowMs());
    else this.#owner.onText(typed);
  }

  #answer({ id, sentMs }: PingMessage): void {
    const pong: PongMessage = { type: 'pong', id, sentMs, clockMs: this.#clock.nowMs() };
    this.send(JSON.stringify(pong));
  }

  /** Asks for the clock, again and again, and gives a line up on which nothing is heard. */
  #ping(): void {
    const nowMs = this.#clock.nowMs();
    if (nowMs - this.#heardAtMs > SILENCE_MS) {
      this.#lose({ reason: 'silent', code: 1006, text: `Nothing was heard for ${SILENCE_MS / 1000} s.` });
      return;
    }
    this.#pings = (this.#pings + 1) >>> 0;
    const ping: PingMessage = { type: 'ping', id: this.#pings, sentMs: nowMs };
    this.send(JSON.stringify(ping));
    this.#set('ping', PING_MS, () => this.#ping());
  }

  #lose(cause: CloseCause): void {
    if (isFinal(cause)) {
      this.#end(cause);
      return;
    }
    const wasGood = this.#state.state === 'live' && this.#clock.nowMs() - this.#liveSinceMs >= GOOD_MS;
    this.#attempt = wasGood ? 0 : this.#attempt;
    this.#drop();
    const inMs = backOffMs(this.#attempt, this.#random());
    this.#attempt += 1;
    this.#set('retry', inMs, () => this.#connect());
    this.#enter({ state: 'reconnecting', attempt: this.#attempt, inMs, cause });
  }

  #end(cause: CloseCause): void {
    if (this.#state.state === 'closed') return;
    this.#drop();
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.#enter({ state: 'closed', cause });
  }

  /** Lets go of the line and of every timer. */
  #drop(): void {
    for (const name of [...this.#timers.keys()]) this.#clear(name);
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket === undefined) return;
    socket.removeEventListener('open', this.#onOpen);
    socket.removeEventListener('message', this.#onMessage);
    socket.removeEventListener('close', this.#onClose);
    socket.close();
  }

  #enter(state: ConnectionState): void {
    this.#state = state;
    this.#onState(state);
  }

  #set(name: 'connect' | 'ping' | 'retry', delayMs: number, callback: () => void): void {
    this.#clear(name);
    this.#timers.set(
      name,
      this.#clock.schedule(delayMs, () => {
        this.#timers.delete(name);
        callback();
      }),
    );
  }

  #clear(name: 'connect' | 'ping' | 'retry'): void {
    this.#timers.get(name)?.[Symbol.dispose]();
    this.#timers.delete(name);
  }
}
