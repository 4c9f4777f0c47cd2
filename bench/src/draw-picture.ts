import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { hand21, type Landmarks, type TrackedLandmarks } from '@kinegraph/core';
import { loadPluginSource } from '@kinegraph/core/node';
import { clipFrames, memorySource, type ClipFrame } from './clip-frames.js';
import { inlinePlugin, inlineSource } from './inline-plugin.js';
import { runGraph } from './run-graph.js';

/** Draws what the README shows: frames of the signer clip with the landmarks that the graph finds in them. */
const TIMES_MS = [3800, 12_200, 21_200];
const TARGET = fileURLToPath(new URL('../../docs/images/hands.png', import.meta.url));
const PANEL_WIDTH = 400;
const LEAD_MS = 700; // the model follows a hand it has seen before

const panels = await Promise.all(
  TIMES_MS.map(async (timeMs) => await panel(await clipFrames(timeMs - LEAD_MS, timeMs))),
);
const [first] = panels;
if (first === undefined) throw new Error('There is nothing to draw.');
await sharp({
  create: { width: first.width * panels.length, height: first.height, channels: 3, background: '#000000' },
})
  .composite(panels.map(({ png, width }, index) => ({ input: png, left: index * width, top: 0 })))
  .png({ palette: true, quality: 90 })
  .toFile(TARGET);
process.stdout.write(`${TARGET}\n`);

interface Panel {
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
}

async function panel(frames: readonly ClipFrame[]): Promise<Panel> {
  let found: Landmarks | undefined;
  await runGraph({
    nodes: {
      source: { type: 'bench.memory' },
      hands: { type: 'mediapipe.hands', config: { numHands: 1 } },
      sink: { type: 'core.sink.callback' },
    },
    wires: [
      ['source.frame', 'hands.frame'],
      ['hands.hands', 'sink.in'],
    ],
    plugins: [
      inlinePlugin([inlineSource('bench.memory', memorySource(frames))]),
      await loadPluginSource('@kinegraph/plugin-mediapipe', { from: import.meta.dirname }),
    ],
    callbacks: { sink: (value) => void (found = value as Landmarks) },
  });
  const last = frames.at(-1);
  if (last === undefined || found === undefined) throw new Error('The clip gave no frame.');
  const { width, height, bytes } = last;
  const overlay = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${found.tracks.map((track) => skeletonSvg(track, width, height)).join('')}</svg>`;
  const png = await sharp(new Uint8Array(bytes), { raw: { width, height, channels: 4 } })
    .composite([{ input: Buffer.from(overlay) }])
    .removeAlpha()
    .png()
    .toBuffer();
  const scaled = { width: PANEL_WIDTH, height: Math.round((height * PANEL_WIDTH) / width) };
  return { png: await sharp(png).resize(scaled).toBuffer(), ...scaled };
}

function skeletonSvg({ image, handedness, score }: TrackedLandmarks, width: number, height: number): string {
  const at = (index: number): [number, number] => [
    (image[index * 4] ?? 0) * width,
    (image[index * 4 + 1] ?? 0) * height,
  ];
  const bones = hand21.connections.map(([from, to]) => {
    const [x1, y1] = at(from);
    const [x2, y2] = at(to);
    return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#14b8a6" stroke-width="5" stroke-linecap="round"/>`;
  });
  const points = hand21.points.map((_, index) => {
    const [cx, cy] = at(index);
    return `<circle cx="${cx}" cy="${cy}" r="5.5" fill="#ffffff" stroke="#0f766e" stroke-width="2.5"/>`;
  });
  const label = `<text x="16" y="${height - 18}" font-family="sans-serif" font-size="26" fill="#ffffff">${handedness ?? ''} hand, ${score.toFixed(2)}</text>`;
  return [...bones, ...points, label].join('');
}
