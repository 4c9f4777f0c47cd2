import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { nodeOnnxRuntime } from '@kinegraph/onnx/node';
import { tensor } from '@kinegraph/onnx';
import { meanErrorMm, measureBodyLift, trainBodyLift } from '../dist/lifts/body-lift.js';
import { forward } from '../dist/index.js';

const SHIPPED = fileURLToPath(new URL('../../../packages/plugin-yolo/assets/lift-3d.onnx', import.meta.url));
const REPORT = new URL('../../../packages/plugin-yolo/assets/lift-3d.md', import.meta.url);
/** None that training or report have used. */
const FRESH_SEED = 900_913;

describe('The lift of bodies', () => {
  it('that ships is as good as its report says, on people it has never seen', async () => {
    const session = await nodeOnnxRuntime.open(SHIPPED, { name: 'lift-3d' });
    const figures = await measureBodyLift(
      async (inputs) => {
        const keypoints = tensor('float32', [inputs.length / (27 * 34), 27, 17, 2], inputs);
        const { joints } = await session.run({ keypoints });
        if (!(joints?.data instanceof Float32Array)) throw new Error('There are no joints.');
        return joints.data;
      },
      FRESH_SEED,
      200,
    );
    await session.release();
    const [, learnt, heldOut] = /: (\d+) mm for motions[^,]*, (\d+) mm for/.exec(await readFile(REPORT, 'utf8')) ?? [];

    // 200 windows of each motion leave the mean uncertain by about 3 %.
    expect(meanErrorMm(figures, false)).toBeLessThan(Number(learnt) * 1.08);
    expect(meanErrorMm(figures, true)).toBeLessThan(Number(heldOut) * 1.08);
    expect(meanErrorMm(figures, false)).toBeLessThan(0.5 * meanErrorMm(figures, false, 'constant'));
    expect(meanErrorMm(figures, true)).toBeLessThan(0.6 * meanErrorMm(figures, true, 'constant'));
    for (const { motion, lift, flat } of figures) expect(lift.meanMm, motion).toBeLessThan(flat.meanMm);
  });

  it('learns: a training on 1 % of the windows is below the mean pose', async () => {
    const { network, weights } = await trainBodyLift({ steps: 120, batch: 64 });
    const figures = await measureBodyLift((inputs) => forward(network, weights, inputs), FRESH_SEED, 60);

    expect(meanErrorMm(figures, false)).toBeLessThan(0.83 * meanErrorMm(figures, false, 'constant'));
    expect(meanErrorMm(figures, true)).toBeLessThan(0.9 * meanErrorMm(figures, true, 'constant'));
  }, 300_000);
});
