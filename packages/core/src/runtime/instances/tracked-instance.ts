import { isPromiseLike } from '../../base/index.js';
import type { Awaitable } from '../../base/index.js';
import { valuesOf } from '../../kinds/index.js';
import type { ProcessInfo } from '../../kinds/index.js';
import { WindowSnapshot } from '../../nodes/index.js';
import { Frame, claimFrame } from '../../vision/index.js';
import type { FrameHolder } from '../../vision/index.js';
import type { NodeInstance } from './node-instance.js';

/** A node in development: the frames that it is called with and answers are known as its own meanwhile. */
export class TrackedInstance implements NodeInstance {
  constructor(
    private readonly instance: NodeInstance,
    private readonly holder: FrameHolder,
  ) {}

  open(signal: AbortSignal): Awaitable<void> {
    return this.instance.open(signal);
  }
  invoke(value: unknown, info: ProcessInfo): Awaitable<unknown> {
    this.#claim(value);
    const answer = this.instance.invoke(value, info);
    if (!isPromiseLike(answer)) return this.#claim(answer);
    return answer.then((settled) => this.#claim(settled));
  }
  reconfigure(config: unknown): Awaitable<boolean> {
    return this.instance.reconfigure(config);
  }
  flush(): Awaitable<void> {
    return this.instance.flush();
  }
  close(): Awaitable<void> {
    return this.instance.close();
  }

  /** Frames, and those in the packets of a window. */
  #claim(value: unknown): unknown {
    for (const part of valuesOf(value)) {
      if (part instanceof Frame) claimFrame(part, this.holder);
      else if (part instanceof WindowSnapshot) for (const packet of part.packets) this.#claim(packet.value);
    }
    return value;
  }
}
