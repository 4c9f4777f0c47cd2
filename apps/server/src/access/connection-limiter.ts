import { TooManyConnectionsError } from './access-errors.js';
import { clientKey } from './client-address.js';

/** Counts what clients hold open: sockets, streams, and requests while they are answered. */
export class ConnectionLimiter {
  readonly #byClient = new Map<string, number>();
  #total = 0;

  constructor(private readonly limits: { readonly connections: number; readonly connectionsPerClient: number }) {}

  /** Dispose of the answer once the connection has ended. @throws TooManyConnectionsError */
  take(address: string): Disposable {
    const { connections, connectionsPerClient } = this.limits;
    const key = clientKey(address);
    const own = this.#byClient.get(key) ?? 0;
    if (own >= connectionsPerClient) throw new TooManyConnectionsError({ most: connectionsPerClient, of: 'client' });
    if (this.#total >= connections) throw new TooManyConnectionsError({ most: connections, of: 'server' });
    this.#byClient.set(key, own + 1);
    this.#total += 1;
    let isHeld = true;
    return {
      [Symbol.dispose]: () => {
        if (!isHeld) return;
        isHeld = false;
        this.#release(key);
      },
    };
  }

  get total(): number {
    return this.#total;
  }

  /** Clients that hold something. */
  get clients(): number {
    return this.#byClient.size;
  }

  #release(key: string): void {
    this.#total -= 1;
    const rest = (this.#byClient.get(key) ?? 0) - 1;
    if (rest > 0) this.#byClient.set(key, rest);
    else this.#byClient.delete(key);
  }
}
