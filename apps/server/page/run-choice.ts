import { element } from './elements.js';
import type { RunSummary } from './server-api.js';

/** The source of a run that pictures of a page can be sent to. */
export function liveSourceOf({ sources }: RunSummary): string | undefined {
  return sources.find(({ takes }) => takes === 'frames')?.node;
}

/** The source of a run that takes its pictures from elsewhere. */
export function filmOf(run: RunSummary): string | undefined {
  return liveSourceOf(run) === undefined ? run.sources.find(({ takes }) => takes === undefined)?.node : undefined;
}

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
      // One with pictures of its own shows what this is about before anybody has to allow a camera.
      const film = runs.find((run) => run.state === 'running' && filmOf(run) !== undefined);
      const first = film ?? runs.find(({ id }) => id === FIRST_RUN) ?? runs[0];
      if (first !== undefined) this.#choose(first.id);
    }
  }

  /** A run that a camera of this page can send to: the chosen one, or the first there is. */
  get forCamera(): RunSummary | undefined {
    return [this.chosen, ...this.#runs].find((run) => run !== undefined && liveSourceOf(run) !== undefined);
  }

  /** Goes over to another run. */
  choose(run: RunSummary): void {
    this.#choose(run.id);
  }

  #choose(id: string): void {
    this.#chosen = id;
    this.#select.value = id;
    if (this.chosen !== undefined) this.onChoose(this.chosen);
  }
}
