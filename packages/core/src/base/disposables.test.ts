import { describe, expect, it } from 'vitest';
import { Subscriptions } from './disposables.js';

describe('Subscriptions', () => {
  it('releases the last first, each awaited before the next', async () => {
    const order: string[] = [];
    const subscriptions = new Subscriptions();
    subscriptions.push(
      { [Symbol.dispose]: () => void order.push('listener') },
      {
        async [Symbol.asyncDispose]() {
          order.push('worker begins');
          await Promise.resolve();
          order.push('worker ends');
        },
      },
      () => void order.push('function'),
      async () => {
        order.push('async function begins');
        await Promise.resolve();
        order.push('async function ends');
      },
    );
    expect(subscriptions.size).toBe(4);
    await subscriptions[Symbol.asyncDispose]();
    expect(order).toEqual([
      'async function begins',
      'async function ends',
      'function',
      'worker begins',
      'worker ends',
      'listener',
    ]);
    expect(subscriptions.size).toBe(0);
  });

  it('releases everything where some fail, and then tells all failures', async () => {
    const released: number[] = [];
    const subscriptions = new Subscriptions();
    for (const index of [0, 1, 2, 3]) {
      subscriptions.push(() => {
        released.push(index);
        if (index % 2 === 1) throw new Error(`failure ${index}`);
      });
    }
    const failure = await subscriptions[Symbol.asyncDispose]().catch((error: unknown) => error);
    expect(released).toEqual([3, 2, 1, 0]);
    expect(failure).toBeInstanceOf(AggregateError);
    expect((failure as AggregateError).errors).toMatchObject([{ message: 'failure 3' }, { message: 'failure 1' }]);
  });

  it('releases only once', async () => {
    let releases = 0;
    const subscriptions = new Subscriptions();
    subscriptions.push(() => void (releases += 1));
    await Promise.all([subscriptions[Symbol.asyncDispose](), subscriptions[Symbol.asyncDispose]()]);
    expect(releases).toBe(1);
  });

  it('refuses what comes after the end, even while it is still releasing', async () => {
    const subscriptions = new Subscriptions();
    let late: unknown;
    subscriptions.push(() => {
      try {
        subscriptions.push(() => {});
      } catch (error) {
        late = error;
      }
    });
    await subscriptions[Symbol.asyncDispose]();
    expect(late).toBeInstanceOf(TypeError);
    expect(() => subscriptions.push(() => {})).toThrow('released already');
  });
});
