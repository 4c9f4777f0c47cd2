import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CLIP, TemporaryFolder, inRepository, start } from './support/kinegraph.js';

/** Two minutes are a lot for 24 s of film; machines that do other things take most of it. */
const LIMIT_MS = 240_000;

interface GraphFile {
  nodes: Record<string, { config?: Record<string, unknown> } | undefined>;
  wires: [string, string][];
}
interface Told {
  readonly label: string;
  readonly startMs: number;
  readonly endMs: number;
}
interface TruthFrame {
  readonly timestampMs: number;
  readonly sign: string | null;
}

let folder: TemporaryFolder;
beforeAll(() => {
  folder = new TemporaryFolder();
});
afterAll(() => folder[Symbol.dispose]());

/** The signs that are truly made, with their times. */
function madeSigns(): Told[] {
  const [, ...lines] = readFileSync(inRepository('examples/clips/signer.truth.ndjson'), 'utf8').trim().split('\n');
  const made: Told[] = [];
  let before: string | null = null;
  for (const { timestampMs, sign } of lines.map((line) => JSON.parse(line) as TruthFrame)) {
    const last = made.at(-1);
    if (sign !== null && sign === before && last !== undefined) made[made.length - 1] = { ...last, endMs: timestampMs };
    else if (sign !== null) made.push({ label: sign, startMs: timestampMs, endMs: timestampMs });
    before = sign;
  }
  return made;
}

/** The example graph, with every frame of the clip in order: nothing is dropped, so machines do not differ. */
function replay(): string {
  const graph = JSON.parse(readFileSync(inRepository('examples/graphs/signs.kinegraph.json'), 'utf8')) as GraphFile;
  graph.nodes['clip'] = {
    ...graph.nodes['clip'],
    config: { ...graph.nodes['clip']?.config, path: CLIP, pace: 'as-fast-as-possible', loop: false },
  };
  delete graph.nodes['newest'];
  graph.wires = graph.wires.filter((wire) => !wire.some((end) => end.startsWith('newest.')));
  graph.wires.push(['clip.frame', 'hands.frame']);
  const file = folder.file('replay.kinegraph.json');
  writeFileSync(file, JSON.stringify({ ...graph, layout: undefined }));
  return file;
}

it(
  'names the signs of the clip as they are made, nine tenths at least, and none twice',
  { timeout: LIMIT_MS },
  async () => {
    const { code, out, err } = await start(['run', replay(), '--format', 'ndjson', '--quiet'], folder.path).finished;
    expect([code, err]).toEqual([0, '']);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { timestampMs: number; value: { events: Told[] } });
    const told = lines.flatMap(({ timestampMs, value }) => value.events.map((event) => ({ ...event, timestampMs })));
    const made = madeSigns();
    expect(made).toHaveLength(11);
    // A sign is told while it is made, or as its end is seen, which is before the next one begins.
    const toldOf = made.map(({ label, startMs }, index) =>
      told.filter((event) => {
        const untilMs = made[index + 1]?.startMs ?? Infinity;
        return event.label === label && event.timestampMs >= startMs && event.timestampMs < untilMs;
      }),
    );
    expect(toldOf.filter((events) => events.length > 0).length).toBeGreaterThanOrEqual(0.9 * made.length);
    expect(toldOf.filter((events) => events.length > 1)).toEqual([]);
    // The fist that opens between two of them is a sign of its own, "release"; hardly anything else may be told.
    const others = told.filter((event) => !toldOf.flat().includes(event));
    expect(others.filter(({ label }) => label !== 'release').length).toBeLessThanOrEqual(1);
  },
);
