/**
 * Tells changes of a run's graph that were made here, and are known here, from those of others. The server counts all; each
 * value that it has taken from here is one of them.
 */
export class OwnChanges {
  #known: number | undefined;
  #taken = 0;
  #underway = 0;

  /** Sends a value that counts as one change once the server has taken it. @throws what `send` throws */
  async sent<Answer>(send: () => Promise<Answer>): Promise<Answer> {
    this.#underway += 1;
    try {
      const answer = await send();
      this.#taken += 1;
      return answer;
    } finally {
      this.#underway -= 1;
    }
  }

  /**
   * Whether the graph has changed since, but for what was sent from here. While something is on its way that cannot be told:
   * the next count tells.
   * @param changes - as the server counts them now.
   */
  hasOthers(changes: number): boolean {
    const known = this.#known;
    if (known !== undefined && changes === known + this.#taken) return false;
    if (this.#underway > 0) return false;
    // A count from before the last value was taken is no news.
    if (known !== undefined && changes >= known && changes < known + this.#taken) return false;
    this.#known = changes;
    this.#taken = 0;
    return known !== undefined;
  }

  /** Another run, or none. */
  forget(): void {
    this.#known = undefined;
    this.#taken = 0;
  }
}
