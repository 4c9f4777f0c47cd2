import type { FrameInlets, FrameReceiver } from '../../kinds/index.js';

/** Knows the open sources of all runs. */
export class OpenFrameInlets implements FrameInlets {
  /** The newest last: in a changing graph a source may be open before the one of its name is closed whose place it takes. */
  readonly #receivers = new Map<string, FrameReceiver[]>();

  open(runId: string, node: string, receiver: FrameReceiver): Disposable {
    const key = keyOf(runId, node);
    const receivers = this.#receivers.get(key) ?? [];
    receivers.push(receiver);
    this.#receivers.set(key, receivers);
    return {
      [Symbol.dispose]: () => {
        const index = receivers.indexOf(receiver);
        if (index !== -1) receivers.splice(index, 1);
        if (receivers.length === 0) this.#receivers.delete(key);
      },
    };
  }

  find(runId: string, node: string): FrameReceiver | undefined {
    return this.#receivers.get(keyOf(runId, node))?.at(-1);
  }
}

/** Names of nodes have no line breaks. */
function keyOf(runId: string, node: string): string {
  return `${runId}\n${node}`;
}
