import { element } from './elements.js';
import type { RunSummary } from './server-api.js';

/** The run that a server is started with. */
const FIRST_RUN = 'live';

/** The list of runs in the title bar. */
export class RunChoice {
  readonly #select = element('run', HTMLSelectElement);
  #runs: readonly RunSummary[] = [];
  #chosen: string | undefined;

  /** @param onChoose - Called with the first choice, made here, and with each that follows. */
  constructor(private readonly onChoose: (run: RunSummary) => void) {
    this.#select.addEventListener('change', () => this.#choose(this.#select.value));
  }

  get chosen(): RunSummary | undefined {
    return this.#runs.find(({ id }) => id === this.#chosen);
  }

  /** Shows the runs there are now. The choice stays where it can. */
  show(runs: readonly RunSummary[]): void {
    this.#runs = runs;
    const words = runs.map(({ id, title, state }) => ({
      id,
      text: `${title} (${id})${state === 'running' ? '' : `, ${state}`}`,
    }));
    const isSame =
      words.length === this.#select.options.length &&
      words.every(({ text }, index) => this.#select.options[index]?.text === text);
    if (!isSame) this.#select.replaceChildren(...words.map(({ id, text }) => new Option(text, id)));
    this.#select.disabled = runs.length === 0;
    if (this.chosen !== undefined) this.#select.value = this.chosen.id;
    else {
      const first = runs.find(({ id }) => id === FIRST_RUN) ?? runs[0];
      if (first !== undefined) this.#choose(first.id);
    }
  }

  #choose(id: string): void {
    this.#chosen = id;
    this.#select.value = id;
    if (this.chosen !== undefined) this.onChoose(this.chosen);
  }
}
