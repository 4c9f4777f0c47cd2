/** What a client of a run does: sends frames, looks at results or pictures, or speaks one of the published protocols. */
export const CLIENT_KINDS = [
  'sender',
  'results-websocket',
  'results-sse',
  'pictures-websocket',
  'figures',
  'probe',
  'mjpeg',
  'socket-io',
  'live-signs',
] as const;
export type ClientKind = (typeof CLIENT_KINDS)[number];

/** Who is connected to a run now. */
export class RunClients {
  readonly #counts = new Map<ClientKind, number>();

  /** One more, until the answer is disposed of. */
  enter(kind: ClientKind): Disposable {
    this.#counts.set(kind, this.count(kind) + 1);
    let isHere = true;
    return {
      [Symbol.dispose]: () => {
        if (!isHere) return;
        isHere = false;
        this.#counts.set(kind, this.count(kind) - 1);
      },
    };
  }

  count(kind: ClientKind): number {
    return this.#counts.get(kind) ?? 0;
  }
}
