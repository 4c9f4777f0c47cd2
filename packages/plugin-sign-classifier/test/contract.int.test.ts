import { fileURLToPath } from 'node:url';
import { describePluginContract, describeStatelessTransformContract } from '@kinegraph/core/testing';
import { schemas } from '../src/schemas.js';
import { SignFeaturesTransform } from '../src/nodes/sign-features-transform.js';
import { aWindow } from './support/a-classifier.js';

describePluginContract({ folder: fileURLToPath(new URL('..', import.meta.url)), schemas });

for (const version of ['signfeat/1', 'signfeat/2'] as const) {
  const { packets, startMs, endMs } = aWindow();
  // Windows are cloned by the contract as plain values; their methods are not called.
  const window = { packets, startMs, endMs } as ReturnType<typeof aWindow>;
  describeStatelessTransformContract(
    `signs.features of ${version}`,
    () => new SignFeaturesTransform({ version, spanMs: 1000 }),
    [{ hands: window }, { hands: { ...window, packets: packets.slice(0, 2) } }],
  );
}
