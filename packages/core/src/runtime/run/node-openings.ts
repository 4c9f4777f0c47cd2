import { withTimeLimit } from '../../base/index.js';
import type { Clock } from '../../base/index.js';
import type { NodeRunner } from '../runners/node-runner.js';
import { NodeOpenError } from './run-errors.js';

/** Opens the nodes of a run that starts, and knows which of their opens are under way. */
export class NodeOpenings {
  readonly #opens = new Map<string, Promise<void>>();

  constructor(
    private readonly clock: Clock,
    /** For each node, in milliseconds. */
    private readonly limitMs: number,
    /** Aborted where one fails: the others need not go on opening. */
    private readonly abort: AbortController,
  ) {}

  /** Opens all at once. @throws NodeOpenError for the one to tell, once all have settled. */
  async open(runners: readonly NodeRunner[]): Promise<void> {
    const opened = await Promise.allSettled(runners.map(async (runner) => await this.#openOne(runner)));
    const failures = opened
      .filter((result) => result.status === 'rejected')
      .map((result) => result.reason as NodeOpenError);
    // An abort makes others fail as well: the one that was not aborted is the one to tell.
    const failure = failures.find((error) => error.data.causeCode !== 'CORE_ABORTED') ?? failures[0];
    if (failure !== undefined) throw failure;
  }

  /** Settles when the node's open is not under way: nothing is closed while a call into it is. */
  async settled(name: string): Promise<void> {
    await Promise.allSettled([this.#opens.get(name)]);
  }

  async #openOne(runner: NodeRunner): Promise<void> {
    const { name, figures } = runner;
    figures.state = 'opening';
    try {
      const open = runner.open(this.abort.signal);
      this.#opens.set(name, open);
      await withTimeLimit(this.clock, this.limitMs, `Opening node "${name}"`, open);
      figures.state = 'open';
    } catch (cause) {
      figures.state = 'failed';
      figures.fail(cause, this.clock.nowMs());
      this.abort.abort();
      throw new NodeOpenError(name, figures.type, { cause });
    }
  }
}
