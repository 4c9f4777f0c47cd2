import { SystemClock, type Clock } from '../../base/index.js';
import { OwnFigures } from '../figures/own-figures.js';

/** What a node tells of itself reaches the main thread this often: figures are read seldom, and messages cost. */
export const POST_EVERY_MS = 250;

/** What is new of a node's own figures. */
export interface OwnFiguresNews {
  /** What was counted since the news before. */
  readonly counted: ReadonlyMap<string, number>;
  /** Gauges that were told since then; NaN for one that holds nothing any more. */
  readonly gauges: ReadonlyMap<string, number>;
}

/** The figures of a node in a worker: checked and gathered there, and posted together. */
export class OwnFiguresPost {
  readonly #all = new OwnFigures();
  #counted = new Map<string, number>();
  #gauges = new Map<string, number>();
  #timer: Disposable | undefined;

  constructor(
    private readonly post: (news: OwnFiguresNews) => void,
    private readonly clock: Clock = new SystemClock(),
  ) {}

  /** @throws NodeFigureError */
  count(name: string, by = 1): void {
    this.#all.count(name, by);
    this.#counted.set(name, (this.#counted.get(name) ?? 0) + by);
    this.#timer ??= this.clock.schedule(POST_EVERY_MS, () => this.flush());
  }

  /** @throws NodeFigureError */
  gauge(name: string, value: number): void {
    this.#all.gauge(name, value);
    this.#gauges.set(name, value);
    this.#timer ??= this.clock.schedule(POST_EVERY_MS, () => this.flush());
  }

  /** Posts what has not been yet. */
  flush(): void {
    if (this.#timer === undefined) return;
    this.#timer[Symbol.dispose]();
    this.#timer = undefined;
    const news = { counted: this.#counted, gauges: this.#gauges };
    this.#counted = new Map();
    this.#gauges = new Map();
    this.post(news);
  }
}
