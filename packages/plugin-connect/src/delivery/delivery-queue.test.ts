import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeliveryQueue, type QueueLimits } from './delivery-queue.js';

interface Item {
  readonly id: number;
  readonly byteLength: number;
}

const limits: QueueLimits = { messages: 3, bytes: 100, whenFull: 'drop-oldest' };
const item = (id: number, byteLength = 10): Item => ({ id, byteLength });

function aQueue(options: Partial<QueueLimits> = {}): {
  queue: DeliveryQueue<Item>;
  dropped: Record<string, number>;
  told: { readonly sent: number; readonly retried: number };
  ids: (items: readonly Item[]) => number[];
} {
  const dropped: Record<string, number> = {};
  const told = { sent: 0, retried: 0 };
  const queue = new DeliveryQueue<Item>(
    { ...limits, ...options },
    {
      dropped: (cause, count) => void (dropped[cause] = (dropped[cause] ?? 0) + count),
      sent: (count) => void (told.sent += count),
      retried: (count) => void (told.retried += count),
    },
  );
  return { queue, dropped, told, ids: (items) => items.map(({ id }) => id) };
}

describe('DeliveryQueue', () => {
  it('lets the oldest go, or turns the newest away, where there is no room', () => {
    for (const [whenFull, left] of [
      ['drop-oldest', [2, 3, 4]],
      ['drop-newest', [0, 1, 2]],
    ] as const) {
      const { queue, dropped, ids } = aQueue({ whenFull });
      for (let id = 0; id < 5; id += 1) queue.push(item(id));
      expect(ids(queue.take(9))).toEqual(left);
      expect(dropped).toEqual({ 'queue-full': 2 });
    }
  });

  it('makes room by bytes, too, and never takes what is larger than all of it', () => {
    const { queue, dropped, ids } = aQueue();
    queue.push(item(0, 40));
    queue.push(item(1, 40));
    queue.push(item(2, 90));
    queue.push(item(3, 101));
    expect(ids(queue.take(9))).toEqual([2]);
    expect(dropped).toEqual({ 'queue-full': 2, 'too-large': 1 });
  });

  it('keeps what is under way, whatever comes', () => {
    const { queue, dropped, ids } = aQueue();
    for (let id = 0; id < 3; id += 1) queue.push(item(id));
    const taken = queue.take(3);
    queue.push(item(3));
    expect([ids(taken), queue.held, dropped]).toEqual([[0, 1, 2], 3, { 'queue-full': 1 }]);
  });

  it('puts back what was taken where it was, and counts nothing twice', () => {
    const { queue, dropped, told, ids } = aQueue();
    for (let id = 0; id < 3; id += 1) queue.push(item(id));
    const [first, second] = queue.take(2);
    if (first === undefined || second === undefined) throw new Error('nothing was taken');
    queue.settle(second);
    queue.giveBack();
    queue.settle(first); // the word of a connection that is gone
    expect([ids(queue.take(9)), queue.delivered, dropped]).toEqual([[0, 2], 1, {}]);
    expect(told).toEqual({ sent: 1, retried: 1 }); // the third had not gone out
    queue.again([first, second]);
    expect(told.retried).toBe(2); // the second has arrived
  });

  it('takes a batch by bytes, and one that is larger by itself', () => {
    const { queue, ids } = aQueue();
    for (const [id, bytes] of [30, 30, 30].entries()) queue.push(item(id, bytes));
    expect([ids(queue.take(9, 60)), ids(queue.take(9, 5))]).toEqual([[0, 1], [2]]);
  });

  it('tells those who wait', async () => {
    const { queue } = aQueue();
    const over = new AbortController();
    const two = queue.untilWaiting(2, over.signal);
    queue.push(item(0));
    queue.push(item(1));
    await two;
    const empty = queue.untilEmpty(over.signal);
    for (const one of queue.take(2)) queue.settle(one);
    await empty;
    const never = queue.untilWaiting(1, over.signal);
    over.abort();
    await expect(never).rejects.toMatchObject({ code: 'CORE_ABORTED' });
  });

  it('keeps its bounds and the order, and loses count of nothing, whatever happens', () => {
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ kind: fc.constant('push' as const), bytes: fc.integer({ min: 1, max: 60 }) }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('take' as const), most: fc.integer({ min: 1, max: 4 }) }) },
      fc.record({ kind: fc.constantFrom('settle' as const, 'drop' as const), at: fc.nat(5) }),
      fc.record({ kind: fc.constant('giveBack' as const) }),
    );
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 200 }),
        fc.record({
          messages: fc.integer({ min: 1, max: 12 }),
          bytes: fc.integer({ min: 1, max: 200 }),
          whenFull: fc.constantFrom('drop-oldest' as const, 'drop-newest' as const),
        }),
        (steps, bounds) => {
          const { queue, dropped, told } = aQueue(bounds);
          let pushed = 0;
          let taken: Item[] = [];
          let newestTaken = -1;
          for (const one of steps) {
            if (one.kind === 'push') queue.push(item((pushed += 1) - 1, one.bytes));
            else if (one.kind === 'giveBack') {
              queue.giveBack();
              taken = [];
              newestTaken = -1;
            } else if (one.kind === 'take') {
              const batch = queue.take(one.most);
              for (const { id } of batch) {
                expect(id).toBeGreaterThan(newestTaken); // oldest first, whatever was given back or dropped
                newestTaken = id;
              }
              taken.push(...batch);
            } else {
              const [chosen] = taken.splice(one.at, 1);
              if (chosen === undefined) continue;
              if (one.kind === 'settle') queue.settle(chosen);
              else queue.drop(chosen, 'refused');
            }
            const lost = Object.values(dropped).reduce((sum, count) => sum + count, 0);
            expect(queue.held).toBeLessThanOrEqual(bounds.messages);
            expect(queue.heldBytes).toBeLessThanOrEqual(bounds.bytes);
            expect(queue.held).toBe(queue.waiting + taken.length);
            expect(queue.delivered + lost + queue.held).toBe(pushed);
            expect(told.sent).toBe(queue.delivered);
          }
          queue.close();
          const lost = Object.values(dropped).reduce((sum, count) => sum + count, 0);
          expect([queue.held, queue.heldBytes, queue.delivered + lost]).toEqual([0, 0, pushed]);
        },
      ),
      { numRuns: 500 },
    );
  });
});
