/**
 * Work that is done once at a time. Who asks for it meanwhile has it done once more afterwards, however many ask: it then takes
 * what is newest.
 */
export class LatestOnly {
  #underway: Promise<void> | undefined;
  #isWanted = false;

  constructor(private readonly work: () => Promise<void>) {}

  /** Settles when what is newest now was taken. @throws what the work throws; what was wanted meanwhile is let go */
  async run(): Promise<void> {
    this.#isWanted = true;
    this.#underway ??= this.#drain();
    await this.#underway;
  }

  async #drain(): Promise<void> {
    try {
      while (this.#isWanted) {
        this.#isWanted = false;
        await this.work();
      }
    } finally {
      this.#isWanted = false;
      this.#underway = undefined;
    }
  }
}
