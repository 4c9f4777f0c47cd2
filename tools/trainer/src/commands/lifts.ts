import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { TrainerError } from '../errors.js';
import { BODY_RECIPE, bodyLiftTable, meanErrorMm, measureBodyLift, trainBodyLift } from '../lifts/body-lift.js';
import { forward } from '../nn/index.js';
import { showProgress, type Command } from './command.js';

/** Seed of the people that the report is measured on. */
const REPORT_SEED = 4242;
const REPORT_SAMPLES = 500;

/** Trains the lifts from 2D to 3D and writes them where they ship from. */
export const lifts: Command = {
  title: 'trains the lifts from 2D to 3D and writes models and reports (--only body, --out FOLDER)',
  async run(args, signal) {
    const { only, out } = optionsOf(args);
    if (only === undefined || only === 'body') await bodyLift(out ?? packageFolder('plugin-yolo'), signal);
  },
};

function optionsOf(args: readonly string[]): { readonly only: string | undefined; readonly out: string | undefined } {
  let values: { only?: string; out?: string };
  try {
    values = parseArgs({ args: [...args], options: { only: { type: 'string' }, out: { type: 'string' } } }).values;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TrainerError('TRAINER_BAD_OPTION', reason, { cause });
  }
  const { only, out } = values;
  if (only !== undefined && only !== 'body')
    throw new TrainerError('TRAINER_BAD_OPTION', `--only is "${only}", but must be body.`);
  return { only, out };
}

function packageFolder(name: string): string {
  return fileURLToPath(new URL(`../../../../packages/${name}/assets/`, import.meta.url));
}

async function bodyLift(folder: string, signal: AbortSignal): Promise<void> {
  const { network, weights, onnx } = await trainBodyLift({}, { signal, onProgress: showProgress });
  const figures = await measureBodyLift((inputs) => forward(network, weights, inputs), REPORT_SEED, REPORT_SAMPLES);
  const [learnt, heldOut] = [false, true].map((isHeldOut) => meanErrorMm(figures, isHeldOut).toFixed(0));
  const report = `# yolo.lift-3d

Experimental. 27 moments of 17 keypoints of one person to 17 joints in metres from the middle of the hips, as the camera sees
them. ${weights.length} parameters, ${onnx.length} bytes, trained on a made-up body: ${BODY_RECIPE.steps} steps of ${BODY_RECIPE.batch} windows,
seed ${BODY_RECIPE.seed}. \`npm run train:lifts\` makes the same bytes again.

Mean error of a joint on new people seen by new cameras, ${REPORT_SAMPLES} windows of each motion: ${learnt} mm for motions of the kinds that it
learnt from, ${heldOut} mm for motions that it never saw. All in millimetres:

${bodyLiftTable(figures)}

"Learnt from" tells of the kind of motion; people, cameras and the way it is done are new everywhere. "No depth" is the picture
itself at the person's true size. Bodies, motions and noise are made up, so errors on real people are larger; nothing was
measured on them. Which of two mirrored poses is meant (a knee to the front or to the back) often cannot be told from one camera.
`;
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'lift-3d.onnx'), onnx);
  await writeFile(path.join(folder, 'lift-3d.md'), report);
  const sha256 = createHash('sha256').update(onnx).digest('hex');
  process.stdout.write(
    `Wrote lift-3d.onnx and lift-3d.md to ${folder}. For the manifest: "sha256": "${sha256}", "bytes": ${onnx.length}\n`,
  );
}
