import type { Inlet, Inlets } from '../../kinds/index.js';

/** Knows the open sources of all runs. */
export class OpenInlets implements Inlets {
  /** The newest last: in a changing graph a source may be open before the one of its name is closed whose place it takes. */
  readonly #inlets = new Map<string, Inlet[]>();

  open(runId: string, node: string, inlet: Inlet): Disposable {
    const key = keyOf(runId, node);
    const inlets = this.#inlets.get(key) ?? [];
    inlets.push(inlet);
    this.#inlets.set(key, inlets);
    return {
      [Symbol.dispose]: () => {
        const index = inlets.indexOf(inlet);
        if (index !== -1) inlets.splice(index, 1);
        if (inlets.length === 0) this.#inlets.delete(key);
      },
    };
  }

  find(runId: string, node: string): Inlet | undefined {
    return this.#inlets.get(keyOf(runId, node))?.at(-1);
  }
}

/** Names of nodes have no line breaks. */
function keyOf(runId: string, node: string): string {
  return `${runId}\n${node}`;
}
