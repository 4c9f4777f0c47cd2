import { threadId } from 'node:worker_threads';
import { Frame, FramePool, PortTypes, SkeletonCatalog, inject, injectable } from '@kinegraph/core/plugin';

// The entry of a plugin that real workers load: the nodes of tests about worker threads.

/** Counts the first byte of a frame up, in place, and answers the very frame. */
export class Marker {
  extract(frame) {
    frame.data[0] += 1;
    return frame;
  }
}

/** Answers what it can know of its graph: the points of a skeleton of the graph and of one of the core, its ports. */
export class Skeletons {
  constructor(skeletons, ports) {
    this.known = { paw: skeletons.get('paw-3')?.points, hand: skeletons.get('hand-21')?.points.length, ports };
  }
  extract() {
    return { ...this.known, isMain: threadId === 0 };
  }
}

/** Says that a frame has come by writing into it, and waits until somebody else has written into it too. */
export class Listener {
  extract(frame) {
    const { data } = frame;
    const cells = new Int32Array(data.buffer, data.byteOffset, 3);
    Atomics.store(cells, 0, 1);
    const outcome = Atomics.wait(cells, 1, 0, 10_000);
    Atomics.store(cells, 2, Atomics.load(cells, 1) + 1);
    return { outcome, heard: Atomics.load(cells, 1) };
  }
}

/** The first byte of every frame in a window. */
export class WindowReader {
  classify({ packets }) {
    return packets.map(({ value }) => value.data[0]);
  }
}

/** Answers one frame at both of its outputs: what came, or a new one with the same first byte, in turn. */
export class Doubler {
  constructor(pool) {
    this.pool = pool;
  }
  extract(frame) {
    if (frame.sequence % 2 === 0) return { left: frame, right: frame };
    const memory = this.pool.acquire(frame.data.byteLength);
    memory.bytes[0] = frame.data[0];
    const made = new Frame(frame, memory);
    return { left: made, right: made };
  }
}

/** Answers its thread, and never comes back from its reconfigure. */
export class Stubborn {
  extract() {
    return threadId;
  }
  reconfigure() {
    for (;;);
  }
}

/** Never closes what it keeps: a mistake that development tells of. */
export class Keeper {
  kept = [];
  extract(frame) {
    return this.keepFrame(frame);
  }
  keepFrame(frame) {
    this.kept.push(frame.clone());
    return 1;
  }
}

const nodes = {
  'test.marker': Marker,
  'test.listener': Listener,
  'test.window-reader': WindowReader,
  'test.keeper': Keeper,
  'test.doubler': Doubler,
  'test.stubborn': Stubborn,
  'test.skeletons': Skeletons,
};
for (const nodeClass of Object.values(nodes)) injectable()(nodeClass);
inject(FramePool)(Doubler, undefined, 0);
inject(SkeletonCatalog)(Skeletons, undefined, 0);
inject(PortTypes)(Skeletons, undefined, 1);

export function activate(context) {
  for (const [type, nodeClass] of Object.entries(nodes)) context.nodes.register(type, nodeClass);
}
