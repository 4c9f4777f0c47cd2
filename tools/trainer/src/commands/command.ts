import type { TrainProgress } from '../train/train.js';

/** One thing that the command line does. */
export interface Command {
  /** One line of help. */
  readonly title: string;
  /** @throws TrainerError - with a sentence for the person who asked; the signal's reason */
  run(args: readonly string[], signal: AbortSignal): Promise<void>;
}

/** Shows how far a training is, on a terminal only. */
export function showProgress({ step, steps, meanLoss, elapsedMs }: TrainProgress): void {
  if (!process.stderr.isTTY || (step % 10 !== 0 && step !== steps)) return;
  const leftS = ((elapsedMs / step) * (steps - step)) / 1000;
  process.stderr.write(
    `\rStep ${step} of ${steps}, loss ${meanLoss.toFixed(4)}, ${leftS.toFixed(0)} s left ${step === steps ? '\n' : ''}`,
  );
}
