import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aFrame } from '../../testing/index.js';
import { ArenaFramePool, Frame, SharedArena, SlotFramePool } from '../../vision/index.js';
import { FrameExchange } from './frame-exchange.js';

let pool: SlotFramePool;
beforeEach(() => {
  pool = new SlotFramePool();
});
afterEach(() => expect(pool.inUse).toBe(0));

function aSharedFrame(): Frame {
  return new Frame(
    { sequence: 1, timestampMs: 1, capturedAtMs: 1, width: 2, height: 2, format: 'rgba8' },
    pool.acquire(16),
  );
}

/** Two threads' exchanges; loans go back at once. */
function aPair(): { here: FrameExchange; there: FrameExchange; messages: number[][] } {
  const messages: number[][] = [];
  const here = new FrameExchange((loans) => there.takeBack(loans));
  const there = new FrameExchange((loans) => {
    messages.push([...loans]);
    here.takeBack(loans);
  });
  return { here, there, messages };
}

describe('FrameExchange', () => {
  it('leaves values without frames as they are', () => {
    const { here } = aPair();
    const value = { points: new Float32Array(3), list: [1, 2], nested: { at: new Date(0) }, nothing: null };
    expect(here.pack(value).value).toBe(value);
    expect(here.unpack(value)).toBe(value);
  });

  it('finds frames however deep, and leaves the rest shared', () => {
    const { here, there } = aPair();
    const rest = { big: [1, 2, 3] };
    const packed = here.pack({ list: [1, undefined, { frame: aSharedFrame() }], rest }).value as {
      list: unknown[];
      rest: unknown;
    };
    expect(packed.rest).toBe(rest);
    expect(here.lentCount).toBe(1);
    const { list } = there.unpack(structuredClone(packed)) as { list: [number, undefined, { frame: Frame }] };
    list[2].frame.close();
    expect(here.lentCount).toBe(0);
  });

  it('keeps a loan while the borrower has any owner', () => {
    const { here, there } = aPair();
    const borrowed = there.unpack(structuredClone(here.pack(aSharedFrame()).value)) as Frame;
    const clone = borrowed.clone();
    borrowed.close();
    expect(here.lentCount).toBe(1);
    clone.close();
    expect(here.lentCount).toBe(0);
  });

  it('lends frames of an arena as their place, which both sides find in their own view of it', () => {
    const arena = SharedArena.create(1024 ** 2);
    if (arena === undefined) throw new Error('There is no shared memory here.');
    const farArena = SharedArena.of(arena.share());
    const here = new FrameExchange((loans) => there.takeBack(loans), arena);
    const there: FrameExchange = new FrameExchange((loans) => here.takeBack(loans), farArena);
    const arenaPool = new ArenaFramePool(arena);
    const info = { sequence: 1, timestampMs: 1, capturedAtMs: 1, width: 2, height: 2, format: 'rgba8' } as const;
    const memory = arenaPool.acquire(16);
    memory.bytes.fill(5);

    const { value } = here.pack([new Frame(info, memory), aSharedFrame()]);
    expect(value).toMatchObject([{ bytes: { offset: memory.bytes.byteOffset, byteLength: 16 } }, { loan: 2 }]);
    const [inArena, elsewhere] = there.unpack(structuredClone(value)) as [Frame, Frame];
    expect(farArena.offsetOf(inArena.data)).toBe(memory.bytes.byteOffset);
    expect(farArena.offsetOf(elsewhere.data)).toBeUndefined();
    inArena.data[3] = 9;
    expect([...memory.bytes.subarray(2, 5)]).toEqual([5, 9, 5]);
    inArena.close();
    elsewhere.close();
    expect([arenaPool.inUse, here.lentCount]).toEqual([0, 0]);
  });

  it('saves up what goes back while an answer is being made', () => {
    const { here, there, messages } = aPair();
    const borrow = (): Frame => there.unpack(structuredClone(here.pack(aSharedFrame()).value)) as Frame;
    const [first, second] = [borrow(), borrow()];
    there.collect();
    first.close();
    second.close();
    expect([messages, here.lentCount]).toEqual([[], 2]);
    here.takeBack(there.collected());
    expect([messages, here.lentCount]).toEqual([[], 0]);
  });

  it('has everything back when the other side is gone', () => {
    const { here } = aPair();
    here.pack([aSharedFrame(), aSharedFrame()]);
    expect(pool.inUse).toBe(2);
    here.close();
    expect(pool.inUse).toBe(0);
  });

  it('undoes what was packed but never posted', () => {
    const { here, there } = aPair();
    here.pack({ frame: aSharedFrame() }).undo();
    expect(here.lentCount).toBe(0);
    const borrowed = there.unpack(structuredClone(here.pack(aSharedFrame()).value));
    there.pack({ frame: borrowed }).undo();
    expect(here.lentCount).toBe(0);
  });

  it('undoes what it had packed when it meets a closed frame', () => {
    const { here } = aPair();
    const closed = aFrame();
    closed.close();
    expect(() => here.pack([aSharedFrame(), closed])).toThrow('after it was closed');
    expect(here.lentCount).toBe(0);
  });
});
