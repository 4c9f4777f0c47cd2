import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { TrainerError } from '../errors.js';
import { SHIPPED_PLAN, trainSigns, type SignsPlan } from '../signs/train-signs.js';
import { showProgress, type Command } from './command.js';

/** Trains the default model and the encoder of the sign classifier, and says which files came out as they were before. */
export const signs: Command = {
  title: 'trains the models of signs: --out FOLDER [--check] [--share 0.1] [--threads 2]',
  run: async (args, signal) => {
    const { out, check, share, threads } = readOptions(args);
    const startedMs = performance.now();
    const elapsed = (): string => `${((performance.now() - startedMs) / 1000).toFixed(0)} s`;
    const { files } = await trainSigns(scaled(SHIPPED_PLAN, share), {
      signal,
      ...(threads === undefined ? {} : { threads }),
      onPart: (part) => void process.stderr.write(`${part}: after ${elapsed()}\n`),
      onProgress: showProgress,
    });
    if (!check) await mkdir(out, { recursive: true });
    const others: string[] = [];
    for (const [name, bytes] of Object.entries(files)) {
      const file = path.join(out, name);
      const before = await readFile(file).catch(() => undefined);
      const isSame = before?.equals(bytes) === true;
      if (!isSame) others.push(name);
      process.stdout.write(`${file}: ${bytes.length} bytes, ${isSame ? 'the same as before' : 'other than before'}\n`);
      if (!check) await writeFile(file, bytes);
    }
    process.stdout.write(`Done in ${elapsed()}.\n`);
    if (check && others.length > 0)
      throw new TrainerError('TRAINER_NOT_REPRODUCED', `What came out differs from ${out}: ${others.join(', ')}.`);
  },
};

interface Options {
  readonly out: string;
  readonly check: boolean;
  readonly share: number;
  readonly threads: number | undefined;
}

/** @throws TrainerError */
function readOptions(args: readonly string[]): Options {
  const { out, check, share, threads } = parse(args);
  if (out === undefined) throw new TrainerError('TRAINER_BAD_OPTION', 'Say where the files go: --out FOLDER.');
  const part = Number(share);
  if (!(part > 0 && part <= 1)) {
    throw new TrainerError('TRAINER_BAD_OPTION', `--share is "${share}"; allowed: over 0, up to 1.`);
  }
  const count = threads === undefined ? undefined : Number(threads);
  if (count !== undefined && !(Number.isInteger(count) && count >= 1)) {
    throw new TrainerError('TRAINER_BAD_OPTION', `--threads is "${threads}"; allowed: a whole number from 1.`);
  }
  return { out, check, share: part, threads: count };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        out: { type: 'string' },
        check: { type: 'boolean', default: false },
        share: { type: 'string', default: '1' },
        threads: { type: 'string' },
      },
    }).values;
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new TrainerError('TRAINER_BAD_OPTION', what, { cause: error });
  }
}

/** The same training, shorter. */
function scaled(plan: SignsPlan, share: number): SignsPlan {
  const less = (count: number): number => Math.max(1, Math.round(count * share));
  return {
    default: { ...plan.default, steps: less(plan.default.steps) },
    encoder: { ...plan.encoder, steps: less(plan.encoder.steps) },
    takes: less(plan.takes),
  };
}
