import type { GraphDocument } from '@kinegraph/core';

/** A value that a node of a run is to be given. */
export interface LiveValue {
  readonly node: string;
  readonly key: string;
  /** Undefined: the default. */
  readonly value: unknown;
}

/** So that a slider that is dragged makes no flood of requests and of events in the server's log. */
const EVERY_MS = 150;

/** Sends values one after the other, of each key only the newest. */
export class LiveValues {
  readonly #waiting = new Map<string, LiveValue>();
  #sending: Promise<void> | undefined;

  /** @param send - gives a run one value. @param pause - waits so many milliseconds. */
  constructor(
    private readonly send: (value: LiveValue) => Promise<void>,
    private readonly pause: (ms: number) => Promise<void> = async (ms) =>
      await new Promise((resolve) => setTimeout(resolve, ms)),
  ) {}

  /** Settles when all that waits has gone. @throws what `send` throws; what waited then is let go */
  async put(value: LiveValue): Promise<void> {
    this.#waiting.set(`${value.node}.${value.key}`, value);
    this.#sending ??= this.#drain();
    await this.#sending;
  }

  /** Lets go what waits: it was meant for another run. */
  clear(): void {
    this.#waiting.clear();
  }

  async #drain(): Promise<void> {
    try {
      for (;;) {
        const [next] = this.#waiting;
        if (next === undefined) return;
        this.#waiting.delete(next[0]);
        await this.send(next[1]);
        if (this.#waiting.size > 0) await this.pause(EVERY_MS);
      }
    } finally {
      this.#waiting.clear();
      this.#sending = undefined;
    }
  }
}

/** The configuration of a node with one key changed; undefined takes it out. */
export function withValue(document: GraphDocument, { node, key, value }: LiveValue): GraphDocument {
  const before = document.nodes[node];
  if (before === undefined) return document;
  const { [key]: _, ...others } = before.config ?? {};
  const config = value === undefined ? others : { ...others, [key]: value };
  return { ...document, nodes: { ...document.nodes, [node]: { ...before, config } } };
}
