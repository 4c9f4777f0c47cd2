import { hrtime } from 'node:process';
import {
  NodeConfig,
  inject,
  injectable,
  type Frame,
  type PacketWindow,
  type PluginContext,
} from '@kinegraph/core/plugin';
import type { InlineNode } from './inline-plugin.js';

/** The machine's monotonic clock in milliseconds: the same in every thread, which `performance.now()` is not. */
export function machineMs(): number {
  return Number(hrtime.bigint()) / 1e6;
}

/** When a frame came to its worker, and when the answer left. */
export interface Visit {
  readonly sequence: number;
  readonly cameMs: number;
  readonly leftMs: number;
}

@injectable()
class Visitor {
  extract({ sequence }: Frame): Visit {
    const cameMs = machineMs();
    return { sequence, cameMs, leftMs: machineMs() };
  }
}

/** Counts the first byte of each frame up, in place, and answers the very frame. */
@injectable()
class Marker {
  extract(frame: Frame): Frame {
    frame.data[0] = ((frame.data[0] ?? 0) + 1) & 0xff;
    return frame;
  }
}

/** Looks at each frame of a window; answers how many there were. */
@injectable()
class WindowReader {
  classify({ packets }: PacketWindow<Frame>): number {
    return packets.filter(({ value }) => value.data[0] !== undefined).length;
  }
}

/** Holds its thread for as long as its configuration says, as a model does, but without using the processor. */
@injectable()
class Occupied {
  readonly #cell = new Int32Array(new SharedArrayBuffer(4));
  constructor(@inject(NodeConfig) private readonly config: { readonly serviceMs: number }) {}
  extract({ sequence }: Frame): { readonly sequence: number } {
    this.#hold();
    return { sequence };
  }
  classify({ packets }: PacketWindow): number {
    this.#hold();
    return packets.length;
  }
  #hold(): void {
    Atomics.wait(this.#cell, 0, 0, this.config.serviceMs);
  }
}

const frameIn = { frame: { type: 'frame' } } as const;
const windowIn = { window: { type: 'window<any>' } } as const;
const anyOut = { out: { type: 'any' } } as const;
const inWorker = { outputs: anyOut, runsIn: 'worker' } as const;

/** The nodes of benchmarks that live in workers. This module is their plugin's entry there. */
export const WORKER_NODES: readonly InlineNode[] = [
  { type: 'bench.visitor', kind: 'extractor', inputs: frameIn, nodeClass: Visitor, ...inWorker },
  {
    type: 'bench.marker',
    kind: 'extractor',
    inputs: frameIn,
    nodeClass: Marker,
    ...inWorker,
    outputs: { frame: { type: 'frame' } },
  },
  { type: 'bench.window-reader', kind: 'classifier', inputs: windowIn, nodeClass: WindowReader, ...inWorker },
  { type: 'bench.occupied-extractor', kind: 'extractor', inputs: frameIn, nodeClass: Occupied, ...inWorker },
  { type: 'bench.occupied-classifier', kind: 'classifier', inputs: windowIn, nodeClass: Occupied, ...inWorker },
];

export function activate(context: PluginContext): void {
  for (const { type, nodeClass } of WORKER_NODES) context.nodes.register(type, nodeClass);
}
