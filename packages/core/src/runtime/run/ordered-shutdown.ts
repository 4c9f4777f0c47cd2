import { KinegraphError, errorMessage, withTimeLimit } from '../../base/index.js';
import type { Clock } from '../../base/index.js';

/** The order in which a run comes to rest. */
export const SHUTDOWN_PHASES = ['stopSources', 'drain', 'flushSinks', 'release'] as const;
export type ShutdownPhase = (typeof SHUTDOWN_PHASES)[number];

export interface ShutdownStep {
  /** Names the step in errors and logs, for example `camera.stop`. */
  readonly id: string;
  readonly phase: ShutdownPhase;
  readonly timeoutMs: number;
  run(): PromiseLike<void>;
}

/** A step that failed or overran its limit; the others went on. */
export class ShutdownStepError extends KinegraphError {
  override readonly name = 'ShutdownStepError';
  readonly code = 'RUN_SHUTDOWN_STEP';
  constructor(
    override readonly data: { step: string; phase: ShutdownPhase },
    options: { cause: unknown },
  ) {
    super(`Step "${data.step}" of shutdown phase ${data.phase} failed: ${errorMessage(options.cause)}`, options);
  }
}

/** Runs steps phase by phase, those of one phase together, each within its time limit, and only once. */
export class OrderedShutdown {
  readonly #steps: ShutdownStep[] = [];
  #done: Promise<readonly ShutdownStepError[]> | undefined;

  constructor(private readonly clock: Clock) {}

  add(step: ShutdownStep): void {
    this.#steps.push(step);
  }

  /** What failed; asked a second time, the same answer. Never rejects. */
  run(): Promise<readonly ShutdownStepError[]> {
    this.#done ??= this.#runPhases();
    return this.#done;
  }

  async #runPhases(): Promise<readonly ShutdownStepError[]> {
    const failures: ShutdownStepError[] = [];
    for (const phase of SHUTDOWN_PHASES) {
      const steps = this.#steps.filter((step) => step.phase === phase);
      await Promise.all(
        steps.map(async (step) => {
          try {
            await withTimeLimit(this.clock, step.timeoutMs, `Step "${step.id}"`, startStep(step));
          } catch (cause) {
            failures.push(new ShutdownStepError({ step: step.id, phase }, { cause }));
          }
        }),
      );
    }
    return failures;
  }
}

/** A step that throws before its first await fails like any other. */
async function startStep(step: ShutdownStep): Promise<void> {
  await step.run();
}
