import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { errorMessage } from '@kinegraph/core/plugin';
import { nodeOnnxRuntime } from '@kinegraph/onnx/node';
import { EncoderMisfitError, TrainingRefusedError } from '../errors.js';
import type { Take } from '../takes/index.js';
import { encoderParts, stopIfAborted, trainSigns } from '../train/index.js';
import type { Cancelling, TrainingProgress } from '../train/index.js';
import { writeModelFiles } from './model-files.js';
import { TakeStore } from './take-store.js';
import type { UnreadableTake } from './take-store.js';
import type { TrainedFiles, TrainingTask } from './training-task.js';

/** How many takes with damage are named. */
const MOST_NAMED = 5;

/**
 * Trains on the takes of a folder in the thread it is called in, and puts the model in place.
 * @param native - is given what runs in native code
 * @throws TrainingRefusedError, EncoderMisfitError, AbortedError
 */
export async function trainFiles(
  { folder, out, encoder, title, seed }: Omit<TrainingTask, 'cancelled'>,
  signal: Cancelling,
  onProgress: (progress: TrainingProgress) => void,
  native: <T>(run: () => Promise<T>) => Promise<T> = (run) => run(),
): Promise<TrainedFiles> {
  const startMs = performance.now();
  onProgress({ step: 'takes', share: 0 });
  const bytes = await encoderBytes(encoder);
  const parts = encoderParts(bytes, encoder);
  const session = await native(() => nodeOnnxRuntime.open(bytes, { name: encoder }));
  const unreadable: string[] = [];
  const damaged: string[] = [];
  async function* readable(): AsyncGenerator<Take> {
    let isAny = false;
    for await (const each of new TakeStore(folder).each()) {
      if (!('take' in each)) unreadable.push(problemOf(each));
      else {
        const { take, damage } = each;
        if (damage !== undefined) damaged.push(`${take.label}/${take.id} (${damage.problem})`);
        isAny = true;
        yield take;
      }
    }
    if (!isAny && unreadable.length > 0)
      throw new TrainingRefusedError({ problem: `none of its takes can be read: ${namedTakes(unreadable)}` });
  }
  try {
    const { onnx, card, report } = await trainSigns({
      takes: readable(),
      encoder: parts,
      embed: async (features, count) => {
        const feeds = { [parts.input]: { type: 'float32' as const, dims: [count, 30, 96], data: features } };
        const embedded = (await native(() => session.run(feeds)))[parts.output]?.data;
        if (!(embedded instanceof Float32Array))
          throw new EncoderMisfitError({ encoder, problem: 'it gave something else than float32' });
        return embedded;
      },
      title,
      seed,
      sha256: async (content) => await Promise.resolve(createHash('sha256').update(content).digest('hex')),
      signal,
      onProgress,
    });
    stopIfAborted(signal);
    const cardFile = await writeModelFiles(out, onnx, card);
    const warnings = [
      ...told('cannot be read and are left out', unreadable),
      ...told('lack lines, and are used as far as they go', damaged),
      ...report.warnings,
    ];
    return { onnx: out, card: cardFile, report: { ...report, warnings }, elapsedMs: performance.now() - startMs };
  } finally {
    await session.release();
  }
}

async function encoderBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new EncoderMisfitError({ encoder: file, problem: `it cannot be read (${errorMessage(error)})` });
  }
}

function told(what: string, takes: readonly string[]): readonly string[] {
  return takes.length === 0 ? [] : [`Takes that ${what}: ${namedTakes(takes)}.`];
}

function namedTakes(takes: readonly string[]): string {
  const more = takes.length > MOST_NAMED ? ` and ${takes.length - MOST_NAMED} more` : '';
  return `${takes.slice(0, MOST_NAMED).join(', ')}${more}`;
}

function problemOf({ label, id, problem }: UnreadableTake): string {
  return `${label}/${id} (${problem})`;
}
