import type { Clock } from '../../base/index.js';
import type { NodeFigures } from '../figures/node-figures.js';
import type { WorkerHealth } from './supervised-instance.js';

/** Shows the health of a node's workers in its figures: the worst of them is the node's state. */
export class NodeHealth {
  readonly #workers = new Set<{ health: WorkerHealth }>();

  constructor(
    private readonly figures: NodeFigures,
    private readonly clock: Clock,
  ) {}

  /** Where one more worker tells of itself, until it is closed. */
  reporter(): (health: WorkerHealth, reason?: unknown) => void {
    const worker: { health: WorkerHealth } = { health: 'open' };
    this.#workers.add(worker);
    return (health, reason) => {
      if (health === 'closed') {
        this.#workers.delete(worker); // the node is closed with it, or others have its place
        return;
      }
      worker.health = health;
      if (health !== 'open') this.figures.downBecause(reason, this.clock.nowMs());
      const { state } = this.figures;
      // A node that has ended or failed stays that.
      if (state === 'open' || state === 'restarting' || state === 'quarantined') this.figures.state = this.#worst();
    };
  }

  #worst(): WorkerHealth {
    const healths = [...this.#workers].map(({ health }) => health);
    return (['quarantined', 'restarting'] as const).find((health) => healths.includes(health)) ?? 'open';
  }
}
