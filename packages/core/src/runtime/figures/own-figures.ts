import { KinegraphError } from '../../base/index.js';

/** A node may have as many names of its own, counters and gauges together: each is a series wherever figures are kept. */
export const MOST_OWN_FIGURES = 32;
const NAME = /^[a-z][a-z0-9_]{0,62}$/;

/** A node tells a figure of its own that cannot be kept. */
export class NodeFigureError extends KinegraphError {
  override readonly name = 'NodeFigureError';
  readonly code = 'RUN_NODE_FIGURE';
  constructor(override readonly data: { figure: string; fault: string; mend: string }) {
    super(`The figure "${data.figure}" cannot be kept: ${data.fault}. ${data.mend}`);
  }
}

/** The figures of one node that only it can know: what it counts, and numbers that hold now. */
export class OwnFigures {
  readonly #counters = new Map<string, number>();
  readonly #gauges = new Map<string, number>();

  /** @throws NodeFigureError */
  count(name: string, by = 1): void {
    const before = this.#counters.get(name);
    if (before === undefined) this.#begin(name, this.#gauges);
    if (!(by >= 0 && by < Number.POSITIVE_INFINITY)) {
      const mend = 'A counter only grows: count by finite numbers from 0, or use a gauge.';
      throw new NodeFigureError({ figure: name, fault: `${by} was to be added`, mend });
    }
    this.#counters.set(name, (before ?? 0) + by);
  }

  /** @throws NodeFigureError */
  gauge(name: string, value: number): void {
    if (!this.#gauges.has(name)) this.#begin(name, this.#counters);
    if (Number.isFinite(value)) this.#gauges.set(name, value);
    else this.#gauges.delete(name);
  }

  /** What has been told, by name; kinds without any are left out. */
  snapshot(): OwnFiguresSnapshot {
    return {
      ...(this.#counters.size === 0 ? {} : { counters: Object.fromEntries(this.#counters) }),
      ...(this.#gauges.size === 0 ? {} : { gauges: Object.fromEntries(this.#gauges) }),
    };
  }

  #begin(name: string, others: ReadonlyMap<string, number>): void {
    const refuse = (fault: string, mend: string): never => {
      throw new NodeFigureError({ figure: name, fault, mend });
    };
    if (!NAME.test(name)) refuse('its name is none', 'Use 1 to 63 of a-z, 0-9 and _, a letter first.');
    if (others.has(name)) refuse('it is both a counter and a gauge', 'Give the two a name each.');
    if (this.#counters.size + this.#gauges.size >= MOST_OWN_FIGURES)
      refuse(
        `the node has ${MOST_OWN_FIGURES} figures already, and that is the most`,
        'Names are for what the node knows when it is written, never for what its packets bring.',
      );
  }
}

/** Figures of a node's own at one moment. */
export interface OwnFiguresSnapshot {
  /** What it has counted, by name. */
  readonly counters?: Readonly<Record<string, number>>;
  /** Numbers that held when they were last told, by name. */
  readonly gauges?: Readonly<Record<string, number>>;
}
