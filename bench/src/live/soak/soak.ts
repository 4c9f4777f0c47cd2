import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { ServerProcess } from '../server-process.js';
import { HeapProbe } from './heap-probe.js';
import { processFigures, slopePerHour } from './process-figures.js';
import type { ProcessFigures } from './process-figures.js';
import { VisitTally, keepVisiting, pause, sendFrames } from './visits.js';

const LIGHT = fileURLToPath(
  new URL('../../../../apps/server/test/fixtures/graphs/echo.kinegraph.json', import.meta.url),
);
/** Clients at once; one more sends all the time, so that there are pictures to look at. */
const PLACES = 24;
const SAMPLE_EVERY_MS = 1_000;
/** Sockets that were vanished from are found by the server when it pings them. */
const QUIET_WITHIN_MS = 30_000;

export interface SoakOptions {
  /** Under load, the first quarter of which (ten minutes at most) counts as warming up. */
  readonly ms: number;
  /** The graph of the run that clients use; left out: the server's own live graph, with its models. */
  readonly graph?: 'light';
  readonly pictures?: readonly Uint8Array[];
  readonly tell: (line: string) => void;
}

/** What the server holds while no client is there. */
export interface RestingFigures extends ProcessFigures {
  /** After a collection. */
  readonly heapMib: number;
}

export interface SoakReport {
  /** When warm, and at the end. */
  readonly warm: RestingFigures;
  readonly end: RestingFigures;
  /** Under load, after warming up. */
  readonly rssMibPerHour: number;
  readonly rssMib: { readonly first: number; readonly last: number };
  readonly resultsPerSecond: number;
  readonly visits: ReadonlyMap<string, number>;
  readonly errors: ReadonlyMap<string, number>;
}

/** Lets clients of every sort come and go at a server in a process of its own, and looks at what it holds. Linux only. */
export async function soak({ ms, graph, pictures, tell }: SoakOptions): Promise<SoakReport> {
  const args = ['connectionsPerClient=256', 'runs=64'].flatMap((limit) => ['--set', `limits.${limit}`]);
  const graphArgs = graph === 'light' ? ['--graph', LIGHT] : [];
  await using server = await ServerProcess.start([...args, ...graphArgs], ['--inspect=127.0.0.1:0']);
  if (server.inspectorUrl === undefined) throw new Error('The server did not say where its inspector is.');
  using heap = await HeapProbe.open(server.inspectorUrl);
  const random = seeded(1);
  const visited = {
    url: server.url,
    socketUrl: server.socketUrl,
    pictures: pictures ?? (await greyPictures()),
    random,
    lightGraph: JSON.parse(await readFile(LIGHT, 'utf8')) as object,
  };
  const load = async (tally: VisitTally, forMs: number, seen: (figures: ProcessFigures) => void): Promise<void> => {
    const over = new AbortController();
    const visiting = [
      keepVisiting(visited, tally, PLACES, over.signal),
      // Others take its place over, and it takes it back.
      (async () => {
        while (!over.signal.aborted) await sendFrames(visited, tally, 'live', 1_500);
      })(),
    ];
    const endMs = performance.now() + forMs;
    while (performance.now() < endMs && server.isUp) {
      await pause(Math.min(SAMPLE_EVERY_MS, Math.max(0, endMs - performance.now())));
      seen(await processFigures(server.pid));
    }
    over.abort();
    await Promise.all(visiting);
  };
  const warmMs = Math.min(ms / 4, 600_000);
  await load(new VisitTally(), warmMs, () => {});
  const warm = await atRest(server.pid, heap);
  tell(`warm: ${toLine(warm)}`);
  const tally = new VisitTally();
  const samples: { atMs: number; value: number }[] = [];
  let toldMs = performance.now();
  await load(tally, ms - warmMs, (figures) => {
    const atMs = performance.now();
    samples.push({ atMs, value: figures.rssMib });
    if (atMs - toldMs < 60_000) return;
    toldMs = atMs;
    tell(
      `${figures.rssMib.toFixed(0)} MiB, ${figures.sockets} sockets, ${figures.threads} threads, ${tally.results} results`,
    );
  });
  const end = await atRest(server.pid, heap, warm);
  tell(`end: ${toLine(end)}`);
  return {
    warm,
    end,
    rssMibPerHour: slopePerHour(samples),
    rssMib: { first: samples[0]?.value ?? Number.NaN, last: samples.at(-1)?.value ?? Number.NaN },
    resultsPerSecond: (tally.results * 1000) / (ms - warmMs),
    visits: tally.visits,
    errors: tally.errors,
  };
}

/** Waits until clients are gone for the server, too: until it holds no more than before, or nothing changes any more. */
async function atRest(pid: number, heap: HeapProbe, before?: ProcessFigures): Promise<RestingFigures> {
  const untilMs = performance.now() + QUIET_WITHIN_MS;
  let figures = await processFigures(pid);
  for (let calm = 0; calm < 6 && performance.now() < untilMs;) {
    await pause(500);
    const now = await processFigures(pid);
    if (before !== undefined && isNoMore(now, before)) calm = 6;
    else calm = before === undefined && isNoMore(now, figures) && isNoMore(figures, now) ? calm + 1 : 0;
    figures = now;
  }
  return { ...figures, heapMib: await heap.retainedMib() };
}

function isNoMore(a: ProcessFigures, b: ProcessFigures): boolean {
  return a.sockets <= b.sockets && a.files <= b.files && a.threads <= b.threads && a.children <= b.children;
}

function toLine({ rssMib, heapMib, sockets, files, threads, children }: RestingFigures): string {
  return `${rssMib.toFixed(0)} MiB, heap ${heapMib.toFixed(1)} MiB, ${sockets} sockets, ${files} files, ${threads} threads, ${children} children`;
}

/** A few JPEGs of 320x240 with noise, so that they are no smaller than a camera's. */
async function greyPictures(): Promise<readonly Uint8Array[]> {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  return await Promise.all(
    [1, 2, 3].map(() =>
      sharp({ create: { width: 320, height: 240, channels: 3, background: '#000', noise } })
        .jpeg()
        .toBuffer(),
    ),
  );
}

/** Numbers in 0..1 that a seed decides (a linear congruential generator: good enough to choose who comes). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
