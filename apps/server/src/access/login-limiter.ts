import type { Clock } from '@kinegraph/core';
import { LoginLimitedError } from './access-errors.js';
import { clientKey } from './client-address.js';

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** Failures of an address are forgotten after this long without another. */
const FORGET_MS = 60 * 60_000;
/** More addresses than this are not kept; those whose last failure is the longest ago go first. */
const MOST_ADDRESSES = 10_000;

interface Failures {
  readonly count: number;
  readonly lastMs: number;
}

/** Lets an address guess wrong a few times, then makes it wait, twice as long each time. */
export class LoginLimiter {
  /** By client, the last failure last. */
  readonly #failures = new Map<string, Failures>();

  /** @param attempts - Failures that cost nothing, from 1. */
  constructor(
    private readonly clock: Clock,
    private readonly attempts: number,
  ) {}

  /** Ask before a token is looked at. @throws LoginLimitedError */
  check(address: string): void {
    const failures = this.#failures.get(clientKey(address));
    if (failures === undefined || failures.count < this.attempts) return;
    const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(30, failures.count - this.attempts));
    const restMs = failures.lastMs + waitMs - this.clock.nowMs();
    if (restMs > 0) throw new LoginLimitedError({ retryAfterSeconds: Math.ceil(restMs / 1000) });
  }

  failed(address: string): void {
    const key = clientKey(address);
    const nowMs = this.clock.nowMs();
    const before = this.#failures.get(key);
    const count = before !== undefined && nowMs - before.lastMs < FORGET_MS ? before.count + 1 : 1;
    this.#failures.delete(key);
    this.#failures.set(key, { count, lastMs: nowMs });
    for (const [oldest, { lastMs }] of this.#failures) {
      if (this.#failures.size <= MOST_ADDRESSES && nowMs - lastMs < FORGET_MS) break;
      this.#failures.delete(oldest);
    }
  }

  succeeded(address: string): void {
    this.#failures.delete(clientKey(address));
  }

  /** Addresses that are kept. */
  get size(): number {
    return this.#failures.size;
  }
}
