import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { tensor } from '@kinegraph/onnx';
import { nodeOnnxRuntime } from '@kinegraph/onnx/node';
import { SeededRandom } from '@kinegraph/signer';
import { filmHand } from '../dist/hand/filming.js';
import { forward } from '../dist/index.js';
import { measureHandLift, trainHandLift, type HandLiftFigures } from '../dist/lifts/hand-lift.js';
import { HAND_FILMING } from '../dist/lifts/hand-task.js';

const SHIPPED = fileURLToPath(
  new URL('../../../packages/plugin-sign-classifier/assets/lift-hand-3d.onnx', import.meta.url),
);
const REPORT = new URL('../../../packages/plugin-sign-classifier/assets/lift-hand-3d.md', import.meta.url);
/** None that training or report have used. */
const FRESH_SEED = 900_913;

describe('Filming a hand', () => {
  it('gives what the camera sees and where the joints are, the same by seed', () => {
    const film = (seed: number): ReturnType<typeof filmHand> => filmHand(new SeededRandom(seed), HAND_FILMING);
    expect(film(3)).toEqual(film(3));
    expect(film(3).points).not.toEqual(film(4).points);
    for (let seed = 0; seed < 100; seed += 1) {
      const { points, joints } = film(seed);
      expect([...points, ...joints].every(Number.isFinite)).toBe(true);
      expect([...joints.subarray(0, 3)].map(Math.abs)).toEqual([0, 0, 0]);
      const palm = Math.hypot(...joints.subarray(27, 30));
      expect(palm).toBeGreaterThan(0.08);
      expect(palm).toBeLessThan(0.115);
    }
  });
});

describe('The lift of hands', () => {
  it('that ships is as good as its report says, on hands it has never seen', async () => {
    const session = await nodeOnnxRuntime.open(SHIPPED, { name: 'lift-hand-3d' });
    const figures = await measureHandLift(
      async (inputs) => {
        const points = tensor('float32', [inputs.length / (9 * 42), 9, 21, 2], inputs);
        const { joints } = await session.run({ points });
        if (!(joints?.data instanceof Float32Array)) throw new Error('There are no joints.');
        return joints.data;
      },
      FRESH_SEED,
      1000,
    );
    await session.release();
    const told = new Map(
      [...(await readFile(REPORT, 'utf8')).matchAll(/^\| ([^|]+?) +\| +([\d.]+)/gm)].map(([, what, mm]) => [
        what,
        Number(mm),
      ]),
    );

    expect(figures).toHaveLength(4);
    for (const { what, lift, flat, constant } of figures) {
      expect(lift.meanMm, what).toBeLessThan((told.get(what) ?? 0) * 1.1);
      expect(lift.meanMm, what).toBeLessThan(0.75 * flat.meanMm);
      expect(lift.meanMm, what).toBeLessThan(0.4 * constant.meanMm);
    }
  });

  it('learns: a training on 2 % of the windows is well below the mean hand', async () => {
    const { network, weights } = await trainHandLift({ steps: 250, batch: 64 });
    const figures = await measureHandLift((inputs) => forward(network, weights, inputs), FRESH_SEED, 200);
    const share = ({ lift, constant }: HandLiftFigures): number => lift.meanMm / constant.meanMm;
    for (const each of figures) expect(share(each), each.what).toBeLessThan(0.7);
  }, 300_000);
});
