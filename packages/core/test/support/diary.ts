import type { NodeClass } from '../../src/kinds/index.js';
import { createTestRun, nodeOf } from '../../src/testing/index.js';
import type { FrameLedger, TestRun, TestRunOptions } from '../../src/testing/index.js';
import type { Frame } from '../../src/vision/index.js';

/** Counted frames, 40 ms apart, made as they are asked for. */
export function* framesOf(ledger: FrameLedger, count: number): Generator<Frame> {
  for (let sequence = 0; sequence < count; sequence += 1) yield ledger.frame({ sequence, timestampMs: sequence * 40 });
}

/** Writes down what happens to nodes, in order: `camera opens`, `camera closed`. */
export class Diary {
  readonly lines: string[] = [];

  constructor(private readonly ledger: FrameLedger) {}

  /** A source of `count` frames. */
  source(name: string, count: number, life: { open?: () => Promise<void> } = {}): NodeClass {
    return nodeOf(() => {
      const rest = framesOf(this.ledger, count);
      return {
        open: async () => {
          this.lines.push(`${name} opens`);
          await life.open?.();
        },
        read: () => {
          const { value, done } = rest.next();
          return done === true ? undefined : value;
        },
        close: () => void this.lines.push(`${name} closed`),
      };
    });
  }

  sink(name: string, write: (frame: Frame) => Promise<void> | void = () => {}): NodeClass {
    return nodeOf(() => ({
      open: () => void this.lines.push(`${name} opens`),
      write,
      flush: () => void this.lines.push(`${name} flushed`),
      close: () => void this.lines.push(`${name} closed`),
    }));
  }
}

/** A run of the smallest graph: `camera` before `out`. */
export function sourceToSink(source: NodeClass, sink: NodeClass, more: Partial<TestRunOptions> = {}): TestRun {
  return createTestRun({
    nodes: { camera: { kind: 'source', nodeClass: source }, out: { kind: 'sink', nodeClass: sink } },
    wires: [['camera.out', 'out.in']],
    ...more,
  });
}
