/** What identifies a track within a node's input. */
export interface TrackIdentity {
  readonly skeleton: string;
  readonly trackId: number;
}

interface Entry<State> {
  state: State;
  seenMs: number;
}

/** State of a node for each track it has seen lately. */
export class TrackStates<State> {
  readonly #entries = new Map<string, Entry<State>>();

  constructor(
    private readonly create: () => State,
    public resetAfterMs: number,
  ) {}

  /**
   * The state of a track, and the time since it was seen last: undefined where it is new, has been away for too long, or
   * time did not go on.
   */
  visit(track: TrackIdentity, timestampMs: number): { readonly state: State; readonly sinceMs: number | undefined } {
    const key = `${track.skeleton}/${track.trackId}`;
    const known = this.#entries.get(key);
    const sinceMs = known === undefined ? Number.NaN : timestampMs - known.seenMs;
    if (known !== undefined && sinceMs > 0 && sinceMs <= this.resetAfterMs) {
      known.seenMs = timestampMs;
      return { state: known.state, sinceMs };
    }
    const state = this.create();
    this.#entries.set(key, { state, seenMs: timestampMs });
    return { state, sinceMs: undefined };
  }

  /** Lets go of tracks that would start anew anyway. */
  forget(nowMs: number): void {
    for (const [key, { seenMs }] of this.#entries) if (nowMs - seenMs > this.resetAfterMs) this.#entries.delete(key);
  }
}
