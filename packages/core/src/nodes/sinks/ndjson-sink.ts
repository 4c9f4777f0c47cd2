import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { Clock } from '../../base/index.js';
import { LineWriterFactory, NodeConfig, NodeIdentity, PathResolver, ageMs, toJson } from '../../kinds/index.js';
import type { LineRotation, LineWriter, ProcessInfo, Sink } from '../../kinds/index.js';

export const NdjsonSinkConfig = z.strictObject({
  target: z
    .string()
    .min(1)
    .default('-')
    .meta({ title: 'Target', description: 'A file to write to, or "-" for standard output.' }),
  digits: z
    .int()
    .min(0)
    .max(10)
    .default(5)
    .meta({ title: 'Digits', description: 'Decimals that numbers are rounded to.' }),
  rotateMib: z.number().positive().max(1_048_576).optional().meta({
    title: 'Rotate at (MiB)',
    description: 'A file that holds this much is put aside, and another begun. Left empty: no file is too large.',
  }),
  rotateMinutes: z.number().positive().max(525_600).optional().meta({
    title: 'Rotate after (minutes)',
    description: 'A file that is this old is put aside, and another begun. Left empty: no file is too old.',
  }),
  keepFiles: z.int().min(1).max(1000).default(9).meta({
    title: 'Files to keep',
    description: 'How many files that were put aside are kept, as target.1 (the newest), target.2 and so on.',
  }),
});
export type NdjsonSinkConfig = z.infer<typeof NdjsonSinkConfig>;

/** What cannot change while a file is open. */
const FILE_KEYS = ['target', 'rotateMib', 'rotateMinutes', 'keepFiles'] as const;

/** One line of `core.sink.ndjson`. */
export interface ResultLine {
  readonly timestampMs: number;
  readonly sequence: number;
  /** From capture to this sink. */
  readonly ageMs: number;
  /** The sink's name in the graph. */
  readonly node: string;
  readonly value: unknown;
}

/** Writes each value as one line of JSON, in the order they come. */
@injectable()
export class NdjsonSink implements Sink {
  #writer: LineWriter | undefined;
  #digits: number;

  constructor(
    @inject(NodeConfig) private readonly config: NdjsonSinkConfig,
    @inject(NodeIdentity) private readonly identity: NodeIdentity,
    @inject(LineWriterFactory) private readonly writers: LineWriterFactory,
    @inject(PathResolver) private readonly paths: PathResolver,
    @inject(Clock) private readonly clock: Clock,
  ) {
    this.#digits = config.digits;
  }

  async open(): Promise<void> {
    const { target } = this.config;
    if (target === '-') this.#writer = await this.writers.open(target);
    else this.#writer = await this.writers.open(this.paths.resolve(target, 'write'), this.#rotation(target));
  }

  #rotation(target: string): LineRotation | undefined {
    const { rotateMib, rotateMinutes, keepFiles } = this.config;
    if (rotateMib === undefined && rotateMinutes === undefined) return undefined;
    return {
      bytes: (rotateMib ?? Number.POSITIVE_INFINITY) * 2 ** 20,
      ms: (rotateMinutes ?? Number.POSITIVE_INFINITY) * 60_000,
      aside: Array.from({ length: keepFiles }, (_, index) => this.paths.resolve(`${target}.${index + 1}`, 'write')),
    };
  }

  async write(value: unknown, info: ProcessInfo): Promise<void> {
    const line: ResultLine = {
      timestampMs: Math.round(info.timestampMs * 1000) / 1000,
      sequence: info.trace.sequence,
      ageMs: Math.round(ageMs(info.trace, this.clock.nowMs()) * 100) / 100,
      node: this.identity.name,
      value: toJson(value, this.#digits),
    };
    await this.#writer?.write(JSON.stringify(line));
  }

  reconfigure(config: unknown): boolean {
    const next = config as NdjsonSinkConfig; // validated before it comes here
    if (FILE_KEYS.some((key) => next[key] !== this.config[key])) return false;
    this.#digits = next.digits;
    return true;
  }

  async flush(): Promise<void> {
    await this.#writer?.flush();
  }

  async close(): Promise<void> {
    await this.#writer?.close();
    this.#writer = undefined;
  }
}
