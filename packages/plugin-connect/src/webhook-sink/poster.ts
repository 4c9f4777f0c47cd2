import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { AbortedError, errorMessage, KinegraphError, TimeLimitError } from '@kinegraph/core/plugin';
import { ConnectUnreachableError } from '../connect-errors.js';
import { openConnection, type Destination } from '../network/connect.js';

/** Answers are read only so that the connection can be used again: one that goes on for longer is cut. */
const MOST_ANSWER_BYTES = 65_536;

/** What a receiver has answered. */
export interface Answer {
  readonly status: number;
  /** The header of this name. */
  readonly retryAfter: string | undefined;
}

/** Posts to one address, over a connection that is kept for the next request. Follows no redirects. */
export class Poster {
  readonly #agent: CheckedAgent;

  constructor(
    private readonly destination: Destination,
    private readonly headers: Readonly<Record<string, string>>,
    /** For one request and its answer. */
    private readonly timeoutMs: number,
  ) {
    this.#agent = new CheckedAgent(destination);
  }

  /** @throws ConnectUnreachableError, ConnectCertificateError, ConnectNotAllowedError, AbortedError */
  async post(body: Uint8Array, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Answer> {
    const { url, receiver, clock } = this.destination;
    if (signal.aborted) throw new AbortedError({ what: 'A request' });
    const outgoing = request({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      path: `${url.pathname}${url.search}`,
      agent: this.#agent,
      headers: {
        ...this.headers,
        host: url.host,
        'user-agent': 'kinegraph',
        'content-type': 'application/json',
        'content-length': String(body.byteLength),
        ...headers,
      },
    });
    const cut = (): void => void outgoing.destroy(new AbortedError({ what: 'A request' }));
    signal.addEventListener('abort', cut, { once: true });
    const limit = clock.schedule(
      this.timeoutMs,
      () => void outgoing.destroy(new TimeLimitError({ what: 'A request', limitMs: this.timeoutMs })),
    );
    try {
      return await exchange(outgoing, body);
    } catch (cause) {
      if (cause instanceof KinegraphError && !(cause instanceof TimeLimitError)) throw cause;
      throw new ConnectUnreachableError({ receiver, reason: errorMessage(cause) }, { cause });
    } finally {
      limit[Symbol.dispose]();
      signal.removeEventListener('abort', cut);
    }
  }

  /** Closes the connection that is kept. */
  close(): void {
    this.#agent.end();
  }
}

/** Settles once the answer's body has ended, or has been cut off: its status says it all. */
function exchange(outgoing: ClientRequest, body: Uint8Array): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let answer: Answer | undefined;
    const over = (fault: Error): void => (answer === undefined ? reject(fault) : resolve(answer));
    outgoing.on('error', over);
    outgoing.on('close', () => over(new Error('the connection was closed')));
    outgoing.on('response', (incoming: IncomingMessage) => {
      answer = { status: incoming.statusCode ?? 0, retryAfter: incoming.headers['retry-after'] };
      let bytes = 0;
      incoming.on('error', () => {}); // of the body, which nobody needs
      incoming.on('data', (part: Uint8Array) => {
        bytes += part.byteLength;
        if (bytes > MOST_ANSWER_BYTES) outgoing.destroy();
      });
    });
    outgoing.end(body);
  });
}

/** Opens connections the way this plugin does, for http and https alike: to addresses that were checked. */
class CheckedAgent extends Agent {
  /** Node compares it with the request's. */
  readonly protocol: string;
  readonly #ended = new AbortController();

  constructor(private readonly destination: Destination) {
    super({ keepAlive: true, maxSockets: 1 });
    this.protocol = destination.url.protocol;
  }

  override createConnection(_options: unknown, callback?: OnConnection): undefined {
    void this.#open(callback);
  }

  end(): void {
    this.#ended.abort();
    this.destroy();
  }

  async #open(callback: OnConnection | undefined): Promise<void> {
    let socket: Duplex;
    try {
      socket = await openConnection(this.destination, this.#ended.signal);
    } catch (error) {
      (callback as ((failure: unknown) => void) | undefined)?.(error); // there is no stream then, whatever the types say
      return;
    }
    callback?.(null, socket);
  }
}

type OnConnection = (error: Error | null, stream: Duplex) => void;
