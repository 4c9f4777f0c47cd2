import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { isReached, type Benchmark, type BenchmarkSettings, type Figure } from './benchmark.js';
import { codecBenchmark } from './codec.js';
import { dropPoliciesBenchmark } from './drop-policies.js';
import { figuresBenchmark } from './figures.js';
import { landmarkerBenchmark } from './landmarkers.js';
import { mockedCamerasBenchmark } from './mocked-cameras.js';
import { noGrowthBenchmark } from './no-growth.js';
import { pixelsBenchmark } from './pixels.js';
import { recordingBenchmark } from './recording.js';
import { ingestLoadBenchmark } from './live/ingest-load.js';
import { liveOverheadBenchmark } from './live/live-overhead.js';
import { telemetryCostBenchmark } from './live/telemetry-cost.js';
import { resultFormatsBenchmark } from './live/result-formats.js';
import { liveResultsBenchmark } from './live/live-results.js';
import { sizingBenchmark } from './live/sizing.js';
import { snapshotsBenchmark } from './live/snapshots.js';
import { soakBenchmark } from './live/soak/soak-benchmark.js';
import { runtimeOverheadBenchmark } from './runtime-overhead.js';
import { signsStreamBenchmark } from './signs/stream.js';
import { signsBenchmark } from './signs/accuracy.js';
import { signsTeachBenchmark } from './signs/teach.js';
import { smoothersBenchmark } from './smoothers.js';
import { trackingBenchmark } from './tracking.js';
import { windowClassifierBenchmark } from './window-classifier.js';
import { workerHandoffBenchmark } from './worker-handoff.js';
import { yoloBenchmark } from './yolo.js';

const BENCHMARKS: readonly Benchmark[] = [
  runtimeOverheadBenchmark,
  figuresBenchmark,
  mockedCamerasBenchmark,
  dropPoliciesBenchmark,
  windowClassifierBenchmark,
  signsStreamBenchmark,
  workerHandoffBenchmark,
  landmarkerBenchmark,
  smoothersBenchmark,
  trackingBenchmark,
  codecBenchmark,
  noGrowthBenchmark,
  pixelsBenchmark,
  liveResultsBenchmark,
  liveOverheadBenchmark,
  telemetryCostBenchmark,
  ingestLoadBenchmark,
  snapshotsBenchmark,
  sizingBenchmark,
  resultFormatsBenchmark,
  signsBenchmark,
  yoloBenchmark,
  signsTeachBenchmark,
  recordingBenchmark,
  soakBenchmark,
];

const { values, positionals: names } = parseArgs({ allowPositionals: true, options: { minutes: { type: 'string' } } });
const minutes = values.minutes === undefined ? undefined : Number(values.minutes);
if (minutes !== undefined && !(minutes > 0))
  throw new Error(`--minutes is "${values.minutes}"; allowed: a number above 0.`);
const settings: BenchmarkSettings = minutes === undefined ? {} : { minutes };
const unknown = names.find((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
if (unknown === undefined)
  process.exitCode = await runAll(BENCHMARKS.filter(({ name }) => names.length === 0 || names.includes(name)));
else {
  process.stderr.write(
    `There is no benchmark "${unknown}". There are: ${BENCHMARKS.map(({ name }) => name).join(', ')}.\n`,
  );
  process.exitCode = 2;
}

async function runAll(benchmarks: readonly Benchmark[]): Promise<number> {
  print(
    `${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}, ${process.platform} ${process.arch}`,
  );
  let missed = 0;
  for (const benchmark of benchmarks) {
    print(`\n## ${benchmark.name}: ${benchmark.title}\n`);
    const figures = await benchmark.run((line) => process.stderr.write(`${line}\n`), settings);
    print('| figure | measured | target | |');
    print('| --- | ---: | ---: | --- |');
    for (const figure of figures) {
      print(`| ${figure.what} | ${format(figure.value)} ${figure.unit} | ${targetOf(figure)} | ${verdictOf(figure)} |`);
      if (!isReached(figure)) missed += 1;
    }
  }
  if (missed > 0) print(`\n${missed} figures miss their target.`);
  return missed === 0 ? 0 : 1;
}

function verdictOf(figure: Figure): string {
  if (figure.target === undefined) return '';
  return isReached(figure) ? 'reached' : 'MISSED';
}

function targetOf({ target, unit }: Figure): string {
  if (target?.near !== undefined) return `${format(target.near.value)} ± ${format(target.near.within)} ${unit}`;
  if (target?.atLeast !== undefined) return `at least ${format(target.atLeast)} ${unit}`;
  return target?.below === undefined ? '' : `under ${format(target.below)} ${unit}`;
}

function format(value: number): string {
  if (Math.abs(value) >= 1000) return Math.round(value).toString();
  return Math.abs(value) >= 100 ? value.toFixed(1) : value.toFixed(value < 1 ? 3 : 2);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
