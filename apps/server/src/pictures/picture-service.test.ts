import { Frame, Inlets, readImageHeader, silentLogger } from '@kinegraph/core';
import type { Inlet } from '@kinegraph/core';
import { createNodeHost } from '@kinegraph/core/node';
import { VirtualClock, settle } from '@kinegraph/core/testing';
import { expect, it } from 'vitest';
import { RunService } from '../runs/run-service.js';
import { NodeUnknownInRunError, PictureNoneError } from './picture-errors.js';
import { nodePicture } from './picture-service.js';

const camera = { type: 'core.source.frames' };
const out = { type: 'core.sink.results' };
const BOTH = {
  kinegraph: 1,
  nodes: { camera, other: camera, out, otherOut: out },
  wires: [
    ['camera.frame', 'out.in'],
    ['other.frame', 'otherOut.in'],
  ],
};
const ONE = { kinegraph: 1, nodes: { other: camera, otherOut: out }, wires: [['other.frame', 'otherOut.in']] };
/** All that is read of a picture which nobody decodes. */
const JPEG_HEAD = Uint8Array.of(0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0, 48, 0, 64, 3);

it('A node that a change took out of its run has no picture, though it has shown one', async () => {
  await using platform = createNodeHost({}, { logger: silentLogger });
  const runs = new RunService(platform, { runs: 1, nodesPerGraph: 9 }, new VirtualClock(), silentLogger);
  const live = await runs.start(BOTH, { id: 'live', baseFolder: '.' });
  const inlets = platform.container.get(Inlets);
  const wish = { quality: 75 };
  push(inlets.find('live', 'camera'));
  await settle();
  expect((await nodePicture(live, 'camera', wish)).tag).toMatch(/^"/);
  const { document } = runs.validate(ONE);
  if (document === undefined) throw new Error('The graph is none.');
  await live.run.apply(document);
  await expect(nodePicture(live, 'camera', wish)).rejects.toThrow(NodeUnknownInRunError);
  await expect(nodePicture(live, 'other', wish)).rejects.toThrow(PictureNoneError);
  await runs.close();
});

function push(inlet: Inlet | undefined): void {
  if (inlet?.takes !== 'frames') throw new Error('No source of frames is open.');
  const timing = { sequence: 0, timestampMs: 0, capturedAtMs: 0 };
  inlet.push(Frame.fromEncoded({ ...timing, ...readImageHeader(JPEG_HEAD) }, JPEG_HEAD), 0);
}
