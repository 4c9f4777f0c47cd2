import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { TrainerError } from '../errors.js';
import { BODY_RECIPE, bodyLiftTable, meanErrorMm, measureBodyLift, trainBodyLift } from '../lifts/body-lift.js';
import { HAND_RECIPE, handLiftTable, measureHandLift, trainHandLift } from '../lifts/hand-lift.js';
import { forward } from '../nn/index.js';
import { showProgress, type Command } from './command.js';

/** Seed of the people that the reports are measured on. */
const REPORT_SEED = 4242;
const BODY_SAMPLES = 500;
const HAND_SAMPLES = 2000;

/** Trains the lifts from 2D to 3D and writes them where they ship from. */
export const lifts: Command = {
  title: 'trains the lifts from 2D to 3D and writes models and reports (--only body|hand, --out FOLDER)',
  async run(args, signal) {
    const { only, out } = optionsOf(args);
    if (only !== 'hand') await bodyLift(out ?? packageFolder('plugin-yolo'), signal);
    if (only !== 'body') await handLift(out ?? packageFolder('plugin-sign-classifier'), signal);
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
  if (only !== undefined && !['body', 'hand'].includes(only))
    throw new TrainerError('TRAINER_BAD_OPTION', `--only is "${only}", but must be body or hand.`);
  return { only, out };
}

function packageFolder(name: string): string {
  return fileURLToPath(new URL(`../../../../packages/${name}/assets/`, import.meta.url));
}

async function bodyLift(folder: string, signal: AbortSignal): Promise<void> {
  const { network, weights, onnx } = await trainBodyLift({}, { signal, onProgress: showProgress });
  const figures = await measureBodyLift((inputs) => forward(network, weights, inputs), REPORT_SEED, BODY_SAMPLES);
  const [learnt, heldOut] = [false, true].map((isHeldOut) => meanErrorMm(figures, isHeldOut).toFixed(0));
  const report = `# yolo.lift-3d

Experimental. 27 moments of 17 keypoints of one person to 17 joints in metres from the middle of the hips, as the camera sees
them. ${weights.length} parameters, ${onnx.length} bytes, trained on a made-up body: ${BODY_RECIPE.steps} steps of ${BODY_RECIPE.batch} windows,
seed ${BODY_RECIPE.seed}. \`npm run train:lifts\` makes the same bytes again.

Mean error of a joint on new people seen by new cameras, ${BODY_SAMPLES} windows of each motion: ${learnt} mm for motions of the kinds that it
learnt from, ${heldOut} mm for motions that it never saw. All in millimetres:

${bodyLiftTable(figures)}

"Learnt from" tells of the kind of motion; people, cameras and the way it is done are new everywhere. "No depth" is the picture
itself at the person's true size. Bodies, motions and noise are made up, so errors on real people are larger; nothing was
measured on them. Which of two mirrored poses is meant (a knee to the front or to the back) often cannot be told from one camera.
`;
  await write(folder, 'lift-3d', onnx, report);
}

async function handLift(folder: string, signal: AbortSignal): Promise<void> {
  const { network, weights, onnx } = await trainHandLift({}, { signal, onProgress: showProgress });
  const figures = await measureHandLift((inputs) => forward(network, weights, inputs), REPORT_SEED, HAND_SAMPLES);
  const report = `# signs.lift-hand-3d

Experimental. 9 moments of the 21 points of one hand to 21 joints in metres from the wrist, as the camera sees them; left hands are
mirrored. ${weights.length} parameters, ${onnx.length} bytes, trained on a made-up hand: ${HAND_RECIPE.steps} steps of ${HAND_RECIPE.batch} windows,
seed ${HAND_RECIPE.seed}. \`npm run train:lifts\` makes the same bytes again.

Mean error of a joint on new hands seen by new cameras, ${HAND_SAMPLES} windows of each sort. All in millimetres:

${handLiftTable(figures)}

"No depth" has the true x and y at the true size and all points in the plane of the picture: what a source without depth would be
worth at best. Hands and noise are made up and turned any way, also edge-on and upside down, so errors on real hands differ;
nothing was measured on them.
`;
  await write(folder, 'lift-hand-3d', onnx, report);
}

async function write(folder: string, name: string, onnx: Uint8Array, report: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, `${name}.onnx`), onnx);
  await writeFile(path.join(folder, `${name}.md`), report);
  const sha256 = createHash('sha256').update(onnx).digest('hex');
  process.stdout.write(
    `Wrote ${name}.onnx and ${name}.md to ${folder}. For the manifest: "sha256": "${sha256}", "bytes": ${onnx.length}\n`,
  );
}
