import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { AbortedError, sleep, type Clock } from '@kinegraph/core/plugin';
import {
  ConnectBusyError,
  ConnectCertificateError,
  ConnectNotAllowedError,
  ConnectRefusedError,
} from '../connect-errors.js';
import { BackOff } from '../delivery/back-off.js';
import type { Carrier } from '../delivery/delivery.js';
import { EitherSignal } from '../delivery/either-signal.js';
import { DROP_GIVEN_UP, DROP_REFUSED, type DeliveryQueue } from '../delivery/delivery-queue.js';
import type { DeliveryReport } from '../delivery/delivery-report.js';
import type { Answer, Poster } from './poster.js';
import { retryAfterMs } from './retry-after.js';
import { signatureOf } from './signature.js';

/** Waits between attempts. */
const BACK_OFF = { firstMs: 500, longestMs: 60_000 };
/** Results of one request come to this at most, unless one alone is larger. */
const MOST_BATCH_BYTES = 1_048_576;

/** What a carrier needs and whom it tells. */
export interface WebhookCarrierOptions {
  readonly queue: DeliveryQueue<Buffer>;
  readonly receiver: string;
  readonly poster: Pick<Poster, 'post' | 'close'>;
  /** Signs what is sent; without one nothing is signed. */
  readonly secret?: string;
  readonly batchResults: number;
  readonly batchMs: number;
  readonly retryForMs: number;
  readonly report: DeliveryReport;
  readonly clock: Clock;
  readonly backOff?: BackOff;
  /** Milliseconds since 1970, which receivers compare with their own. */
  readonly dateMs?: () => number;
}

/** Results that go in one request; the same bytes under the same id, however often. */
interface Batch {
  readonly messages: readonly Buffer[];
  readonly id: string;
  readonly body: Buffer;
}

/** Posts what is in the queue, batch after batch, each until it was taken, refused or given up. */
export class WebhookCarrier implements Carrier {
  readonly #backOff: BackOff;
  readonly #dateMs: () => number;
  readonly #hurry = new AbortController();

  constructor(private readonly options: WebhookCarrierOptions) {
    this.#backOff = options.backOff ?? new BackOff(BACK_OFF);
    this.#dateMs = options.dateMs ?? Date.now;
  }

  /** Batches go as soon as they can from now on. */
  hurry(): void {
    this.#hurry.abort();
  }

  async run(signal: AbortSignal): Promise<void> {
    try {
      for (;;) await this.#deliver(await this.#nextBatch(signal), signal);
    } finally {
      this.options.poster.close();
    }
  }

  async #nextBatch(signal: AbortSignal): Promise<Batch> {
    const { queue, batchResults } = this.options;
    await queue.untilWaiting(1, signal);
    await this.#untilFull(signal);
    const messages = queue.take(batchResults, MOST_BATCH_BYTES);
    const head = `{"type":"kinegraph.results","timestamp":"${new Date(this.#dateMs()).toISOString()}","data":{"results":[`;
    const parts = messages.flatMap((message, index) => (index === 0 ? [message] : [Buffer.from(','), message]));
    return {
      messages,
      id: `msg_${randomBytes(16).toString('hex')}`,
      body: Buffer.concat([Buffer.from(head), ...parts, Buffer.from(']}}')]),
    };
  }

  /** Until the batch is full, its time is over, or the end is near. @throws AbortedError */
  async #untilFull(signal: AbortSignal): Promise<void> {
    const { queue, batchResults, batchMs, clock } = this.options;
    using either = new EitherSignal(signal, this.#hurry.signal);
    const waits = [queue.untilWaiting(batchResults, either.signal), sleep(clock, batchMs, either.signal)];
    await Promise.race(waits).catch(ignoreAbort);
    either.abort();
    await Promise.allSettled(waits);
    if (signal.aborted) throw new AbortedError({ what: 'A wait' });
  }

  async #deliver(batch: Batch, signal: AbortSignal): Promise<void> {
    const { clock, queue, report, retryForMs } = this.options;
    const endMs = clock.nowMs() + retryForMs;
    for (;;) {
      const outcome = await this.#attempt(batch, signal);
      if (outcome === 'taken') {
        this.#backOff.reset();
        for (const message of batch.messages) queue.settle(message);
        report.live();
        return;
      }
      const { fault, isRefusal, isFinal, leastMs } = outcome;
      // Waits for the next batch, too: who turned this one away is not to be flooded with others.
      const waitMs = Math.max(leastMs, isRefusal && !isFinal ? this.#backOff.longest() : this.#backOff.next());
      report.failed(fault, isRefusal, waitMs);
      const isGivenUp = clock.nowMs() + waitMs > endMs;
      if (isFinal || isGivenUp) {
        for (const message of batch.messages) queue.drop(message, isFinal ? DROP_REFUSED : DROP_GIVEN_UP);
      }
      await sleep(clock, waitMs, signal);
      if (isFinal || isGivenUp) return;
      queue.again(batch.messages);
    }
  }

  async #attempt({ id, body }: Batch, signal: AbortSignal): Promise<'taken' | Failure> {
    const { poster, receiver, secret } = this.options;
    const timestampS = Math.floor(this.#dateMs() / 1000);
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(timestampS),
      ...(secret === undefined ? {} : { 'webhook-signature': signatureOf(secret, { id, timestampS, body }) }),
    };
    let answer: Answer;
    try {
      answer = await poster.post(body, headers, signal);
    } catch (fault) {
      if (signal.aborted) throw fault;
      const isRefusal = fault instanceof ConnectNotAllowedError || fault instanceof ConnectCertificateError;
      return { fault, isRefusal, isFinal: false, leastMs: 0 };
    }
    const { status, retryAfter } = answer;
    if (status >= 200 && status < 300) return 'taken';
    const leastMs = retryAfterMs(retryAfter, this.#dateMs());
    return isPassing(status)
      ? { fault: new ConnectBusyError({ receiver, status }), isRefusal: false, isFinal: false, leastMs }
      : { fault: refusalOf(receiver, status), isRefusal: true, isFinal: true, leastMs };
  }
}

/** Why a batch was not taken. */
interface Failure {
  readonly fault: unknown;
  /** The receiver, or the operator, says no. */
  readonly isRefusal: boolean;
  /** The same batch will never be taken. */
  readonly isFinal: boolean;
  /** How long to wait at least. */
  readonly leastMs: number;
}

/** Statuses after which the same request may well succeed. */
function isPassing(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

function refusalOf(receiver: string, status: number): ConnectRefusedError {
  const [reason, mend] =
    status >= 300 && status < 400
      ? [`it redirects elsewhere with status ${status}`, 'Name the address that it leads to in its settings']
      : [`it answers with status ${status}`, 'Check its address, secret and headers in the settings'];
  return new ConnectRefusedError({ receiver, reason, mend: `${mend}; the results were dropped` });
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof AbortedError)) throw error;
}
