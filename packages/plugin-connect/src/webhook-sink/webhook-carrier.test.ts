import { Buffer } from 'node:buffer';
import { CountingMetrics, RecordingLogger, settle, VirtualClock } from '@kinegraph/core/testing';
import { describe, expect, it } from 'vitest';
import { ConnectNotAllowedError, ConnectUnreachableError } from '../connect-errors.js';
import { BackOff } from '../delivery/back-off.js';
import { Delivery } from '../delivery/delivery.js';
import { countsOf, DeliveryQueue } from '../delivery/delivery-queue.js';
import { DeliveryReport } from '../delivery/delivery-report.js';
import type { Answer } from './poster.js';
import { signatureOf } from './signature.js';
import { WebhookCarrier, type WebhookCarrierOptions } from './webhook-carrier.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

interface Posted {
  readonly atMs: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the receiver answers, one after the other, then 200. */
type Reply = number | Error | (Answer & object);

function start(replies: readonly Reply[] = [], options: Partial<WebhookCarrierOptions> = {}) {
  const clock = new VirtualClock();
  const logger = new RecordingLogger();
  const metrics = new CountingMetrics();
  const { dropped, counters } = metrics;
  const states: string[] = [];
  const posted: Posted[] = [];
  const queue = new DeliveryQueue<Buffer>(
    { messages: 100, bytes: 10_000_000, whenFull: 'drop-oldest' },
    countsOf(metrics),
  );
  const rest = [...replies];
  let isClosed = false;
  const carrier = new WebhookCarrier({
    queue,
    receiver: 'crm',
    poster: {
      post: (body, headers) => {
        posted.push({ atMs: clock.nowMs(), body: Buffer.from(body).toString(), headers });
        const reply = rest.shift() ?? 200;
        if (reply instanceof Error) return Promise.reject(reply);
        return Promise.resolve(typeof reply === 'number' ? { status: reply, retryAfter: undefined } : reply);
      },
      close: () => void (isClosed = true),
    },
    secret: SECRET,
    batchResults: 3,
    batchMs: 1000,
    retryForMs: 60_000,
    report: new DeliveryReport('crm', { report: (state) => void states.push(state) }, logger),
    clock,
    backOff: new BackOff({ firstMs: 500, longestMs: 60_000 }, () => 1),
    dateMs: () => 1_700_000_000_000 + clock.nowMs(),
    ...options,
  });
  const delivery = new Delivery(queue, carrier, clock, logger);
  const push = (...ids: number[]): void => {
    for (const id of ids) queue.push(Buffer.from(String(id)));
  };
  const idsOf = ({ body }: Posted): unknown => (JSON.parse(body) as { data: { results: unknown } }).data.results;
  return { clock, logger, queue, dropped, counters, states, posted, delivery, push, idsOf, isClosed: () => isClosed };
}

describe('WebhookCarrier', () => {
  it('sends a batch when it is full, or when its time is over', async () => {
    const { clock, posted, push, idsOf, delivery } = start();
    push(1, 2, 3, 4);
    await settle();
    expect(posted.map(idsOf)).toEqual([[1, 2, 3]]);
    await clock.advance(999);
    expect(posted).toHaveLength(1);
    await clock.advance(1);
    expect(posted.map(idsOf)).toEqual([[1, 2, 3], [4]]);
    await delivery.close();
  });

  it('sends the same bytes under the same id again, signed for each attempt, at growing distances', async () => {
    const { clock, posted, push, queue, dropped, states, delivery } = start([
      503,
      new ConnectUnreachableError({ receiver: 'crm', reason: 'off' }),
      429,
      408,
    ]);
    push(1, 2, 3);
    await clock.advance(20_000);
    expect(posted.map(({ atMs }) => atMs)).toEqual([0, 500, 1500, 3500, 7500]);
    expect(new Set(posted.map(({ body }) => body)).size).toBe(1);
    expect(new Set(posted.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    for (const { atMs, body, headers } of posted) {
      const timestampS = Math.floor((1_700_000_000_000 + atMs) / 1000);
      expect(headers['webhook-timestamp']).toBe(String(timestampS));
      const id = headers['webhook-id'] ?? '';
      expect(headers['webhook-signature']).toBe(signatureOf(SECRET, { id, timestampS, body }));
    }
    expect([queue.delivered, dropped, states]).toEqual([
      3,
      {},
      ['waiting', 'waiting', 'waiting', 'waiting', 'waiting', 'live'],
    ]);
    await delivery.close();
  });

  it('leaves a receiver alone for as long as it asks', async () => {
    const { clock, posted, push, delivery } = start([{ status: 429, retryAfter: '30' }]);
    push(1, 2, 3);
    await clock.advance(29_999);
    expect(posted).toHaveLength(1);
    await clock.advance(1);
    expect(posted).toHaveLength(2);
    await delivery.close();
  });

  it.each([301, 400, 401, 404, 410, 413])('drops what a receiver refuses with %d, and goes on', async (status) => {
    const { clock, posted, push, queue, dropped, states, idsOf, delivery, logger } = start([status]);
    push(1, 2, 3, 4, 5, 6);
    await clock.advance(10_000);
    expect(posted.map(idsOf)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect([queue.delivered, dropped, states]).toEqual([3, { refused: 3 }, ['waiting', 'refused', 'live']]);
    expect(logger.lines.map(({ fields }) => (fields['error'] as { code?: string } | undefined)?.code)).toContain(
      'CONNECT_REFUSED',
    );
    await delivery.close();
  });

  it('gives a batch up after its time, and tries the next', async () => {
    const { clock, push, queue, dropped, counters, posted, idsOf, delivery } = start(Array<number>(4).fill(500), {
      retryForMs: 5000,
    });
    push(1, 2, 3, 4, 5, 6);
    await clock.advance(30_000);
    expect(posted.map(idsOf).slice(0, 4)).toEqual([
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(posted.slice(4).map(idsOf)).toEqual([[4, 5, 6]]);
    expect([queue.delivered, dropped]).toEqual([3, { 'given-up': 3 }]);
    expect(counters).toEqual({ sent: 3, retried: 9 });
    await delivery.close();
  });

  it('sends once where nothing is to be sent again', async () => {
    const { clock, push, dropped, posted, delivery } = start([500], { retryForMs: 0 });
    push(1);
    await clock.advance(10_000);
    expect([posted.length, dropped]).toEqual([1, { 'given-up': 1 }]);
    await delivery.close();
  });

  it('knocks seldom where the operator does not allow it, and logs that once', async () => {
    const no = new ConnectNotAllowedError({ receiver: 'crm', addresses: ['10.0.0.1'] });
    const { clock, push, posted, states, logger, delivery } = start([no, no, no]);
    push(1, 2, 3);
    await clock.advance(29_999);
    expect([posted.length, states]).toEqual([1, ['waiting', 'refused']]);
    await clock.advance(600_000);
    expect(logger.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    await delivery.close();
  });

  it('sends what waits when the end is near, and ends within its limit', async () => {
    const { clock, push, posted, queue, delivery, dropped, isClosed } = start([200, 500]);
    push(1);
    await settle();
    expect(posted).toHaveLength(0);
    await delivery.flush(3000);
    expect([posted.length, queue.delivered]).toEqual([1, 1]);
    push(2);
    let isFlushed = false;
    const flushed = delivery.flush(300).then(() => void (isFlushed = true));
    await clock.advance(299);
    expect(isFlushed).toBe(false);
    await clock.advance(1);
    await flushed;
    await delivery.close();
    push(3);
    expect([dropped, isClosed(), clock.pendingCount]).toEqual([{ 'not-delivered': 2 }, true, 0]);
  });
});
