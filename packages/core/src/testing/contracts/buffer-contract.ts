import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closePacket } from '../../kinds/index.js';
import type { NodeMetrics, Packet, PacketBuffer } from '../../kinds/index.js';
import { CountingMetrics } from '../fakes.js';
import { FrameLedger } from '../frames.js';
import { skipPacketOf, valuePacketOf } from '../packets.js';

export interface BufferContractOptions {
  /** False for buffers that make another value of what comes in, as windows do. Default: true. */
  readonly passesValues?: boolean;
  /** What to push at a time, for buffers that do not take frames. */
  readonly value?: (timestampMs: number) => unknown;
}

type Step = 'value' | 'skip' | 'take';

/** A buffer under test with everything that it is given and gives. */
class BufferTrial {
  readonly ledger = new FrameLedger();
  readonly metrics = new CountingMetrics();
  readonly buffer: PacketBuffer;
  readonly pushed: Packet[] = [];
  readonly taken: Packet[] = [];
  /** Values that a buffer let go to take a skip in. */
  droppedForSkips = 0;
  #nowMs = 0;

  constructor(
    make: (metrics: NodeMetrics) => PacketBuffer,
    private readonly value: (timestampMs: number) => unknown = (timestampMs) => this.ledger.frame({ timestampMs }),
  ) {
    this.buffer = make(this.metrics);
  }

  step(step: Step, consumerReady: boolean): void {
    if (step === 'take') {
      this.take();
      return;
    }
    if (!this.buffer.accepting) return;
    this.#nowMs += 10;
    const timestampMs = this.#nowMs;
    const packet = step === 'value' ? valuePacketOf(this.value(timestampMs), timestampMs) : skipPacketOf(timestampMs);
    this.pushed.push(packet);
    const droppedBefore = this.metrics.droppedTotal;
    this.buffer.push(packet, { nowMs: timestampMs, consumerReady });
    if (packet.skip) this.droppedForSkips += this.metrics.droppedTotal - droppedBefore;
  }

  take(): boolean {
    const packet = this.buffer.take(this.#nowMs);
    if (packet === undefined) return false;
    this.taken.push(packet);
    closePacket(packet);
    return true;
  }

  drain(): void {
    while (this.take());
  }

  values(packets: readonly Packet[]): number[] {
    return packets.filter(({ skip }) => !skip).map(({ timestampMs }) => timestampMs);
  }
}

/**
 * What the runtime relies on in every buffer (rules BUF1 to BUF6): order, ownership and counting. Call it in a test file
 * of the package that brings the buffer.
 *
 * @param make - a new buffer that counts its drops in `metrics`.
 */
export function describeBufferContract(
  name: string,
  make: (metrics: NodeMetrics) => PacketBuffer,
  options: BufferContractOptions = {},
): void {
  const { passesValues = true } = options;
  const steps = fc.array(fc.tuple(fc.constantFrom<Step>('value', 'value', 'skip', 'take'), fc.boolean()), {
    maxLength: 80,
  });
  const afterEach = (check: (trial: BufferTrial) => void): void => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const trial = new BufferTrial(make, options.value);
        for (const [step, consumerReady] of sequence) trial.step(step, consumerReady);
        check(trial);
        trial.buffer.clear();
        expect([trial.ledger.open, trial.ledger.overReleased, trial.buffer.size]).toEqual([0, 0, 0]);
      }),
    );
  };

  describe(`${name} keeps the contract of a buffer`, () => {
    it('[BUF1] hands over in order, each timestamp once', () => {
      afterEach((trial) => {
        trial.drain();
        const pushed = new Set(trial.pushed.map(({ timestampMs }) => timestampMs));
        const taken = trial.taken.map(({ timestampMs }) => timestampMs);
        expect(taken).toEqual([...new Set(taken)].toSorted((a, b) => a - b));
        for (const timestampMs of taken) expect(pushed.has(timestampMs)).toBe(true);
      });
    });

    it('[BUF2] closes every frame once, whether handed over, dropped or cleared', () => {
      afterEach(() => {});
    });

    if (passesValues) {
      it('[BUF3] loses no value uncounted, and counts no skip', () => {
        afterEach((trial) => {
          trial.drain();
          const [came, went] = [trial.values(trial.pushed).length, trial.values(trial.taken).length];
          expect(went + trial.metrics.droppedTotal).toBe(came);
          expect(trial.buffer.size).toBe(0);
        });
      });
    }

    it('[BUF4] has nothing to take when its size is 0, and answers nothing only when it is empty', () => {
      afterEach((trial) => {
        while (trial.buffer.size > 0) expect(trial.take() || trial.buffer.size === 0).toBe(true);
        expect(trial.take()).toBe(false);
      });
    });

    it('[BUF5] can still be emptied after its producer has ended', () => {
      afterEach((trial) => {
        const waiting = trial.buffer.size;
        trial.buffer.end?.();
        expect(trial.buffer.size).toBe(waiting);
        trial.drain();
        expect(trial.buffer.size).toBe(0);
      });
    });

    it('[BUF6] never lets a value go for a skip', () => {
      afterEach((trial) => {
        expect(trial.droppedForSkips).toBe(0);
      });
    });

    it('[BUF6] passes a skip on when nothing waits', () => {
      const trial = new BufferTrial(make, options.value);
      trial.step('skip', false);
      trial.drain();
      expect(trial.taken).toEqual(trial.pushed);
      expect(trial.metrics.droppedTotal).toBe(0);
    });
  });
}
