import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '@kinegraph/core';

interface Session {
  readonly tokenId: string;
  readonly endsAtMs: number;
}

/** More sessions than this are not kept; the oldest end first. */
const MOST_SESSIONS = 1000;

/** Who has logged in with a browser, in memory only: a restart ends all sessions. */
export class SessionStore {
  /** By the hash of the id, the oldest first: what is looked up by is nothing that a guess could come nearer to. */
  readonly #sessions = new Map<string, Session>();

  constructor(
    private readonly clock: Clock,
    private readonly lastsMs: number,
  ) {}

  /** Begins a session. @returns its id, for the cookie */
  create(tokenId: string): string {
    this.#dropEnded();
    const id = randomBytes(32).toString('base64url');
    this.#sessions.set(keyOf(id), { tokenId, endsAtMs: this.clock.nowMs() + this.lastsMs });
    for (const key of this.#sessions.keys()) {
      if (this.#sessions.size <= MOST_SESSIONS) break;
      this.#sessions.delete(key);
    }
    return id;
  }

  /** The id of the token that the session was begun with; undefined where it has ended or never was. */
  tokenOf(id: string): string | undefined {
    const session = this.#sessions.get(keyOf(id));
    return session !== undefined && this.clock.nowMs() < session.endsAtMs ? session.tokenId : undefined;
  }

  end(id: string): void {
    this.#sessions.delete(keyOf(id));
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** They end in the order they began. */
  #dropEnded(): void {
    for (const [key, { endsAtMs }] of this.#sessions) {
      if (endsAtMs > this.clock.nowMs()) break;
      this.#sessions.delete(key);
    }
  }
}

function keyOf(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}
