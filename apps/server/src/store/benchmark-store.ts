import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { Author } from './author.js';
import { jsonColumn } from './json-column.js';
import { Store } from './store.js';
import { WallClock } from './wall-clock.js';

/** A benchmark to keep. */
export interface NewBenchmark {
  /** Id of the graph and its revision, where it was one of this server. */
  readonly graph?: string;
  readonly revision?: number;
  readonly by: Author;
  /** As `kinegraph bench --json` prints it. */
  readonly result: unknown;
}

/** A benchmark, without its figures. */
export interface BenchmarkInfo extends Omit<NewBenchmark, 'result'> {
  readonly id: number;
  /** ISO 8601. */
  readonly at: string;
}

/** A benchmark with its figures. */
export interface KeptBenchmark extends BenchmarkInfo {
  readonly result: z.infer<ReturnType<typeof z.json>>;
}

/** Benchmarks that are kept. */
export const MOST_BENCHMARKS = 1000;

const InfoRow = z.object({
  id: z.int(),
  graph: z.string().nullable(),
  revision: z.int().nullable(),
  at: z.string(),
  by: jsonColumn(Author),
});
const Row = InfoRow.extend({ result: jsonColumn(z.json()) });

/** Results of benchmarks, the oldest let go. */
@injectable()
export class BenchmarkStore {
  constructor(
    @inject(Store) private readonly store: Store,
    @inject(WallClock) private readonly clock: WallClock,
  ) {}

  /** @returns its id @throws StorageFullError */
  add({ graph, revision, by, result }: NewBenchmark): number {
    return this.store.transaction(() => {
      const { database } = this.store;
      const { lastId } = database.run(
        'INSERT INTO benchmarks (graph, revision, at, by, result) VALUES (?, ?, ?, ?, ?)',
        graph ?? null,
        revision ?? null,
        this.clock.now().toISOString(),
        JSON.stringify(by),
        JSON.stringify(result),
      );
      database.run('DELETE FROM benchmarks WHERE id <= ?', lastId - MOST_BENCHMARKS);
      return lastId;
    });
  }

  /** Newest first. @param options - `graph`: only those of it; `before`: only those with a smaller id. */
  list(options: {
    readonly graph?: string;
    readonly before?: number;
    readonly limit: number;
  }): readonly BenchmarkInfo[] {
    const { graph = null, before = Number.MAX_SAFE_INTEGER, limit } = options;
    const sql =
      'SELECT id, graph, revision, at, by FROM benchmarks WHERE id < ? AND (? IS NULL OR graph = ?) ORDER BY id DESC LIMIT ?';
    return this.store.database.all(InfoRow, sql, before, graph, graph, limit).map(infoOf);
  }

  get(id: number): KeptBenchmark | undefined {
    const row = this.store.database.first(Row, 'SELECT * FROM benchmarks WHERE id = ?', id);
    return row && { ...infoOf(row), result: row.result };
  }
}

function infoOf({ id, graph, revision, at, by }: z.infer<typeof InfoRow>): BenchmarkInfo {
  return { id, ...(graph === null ? {} : { graph }), ...(revision === null ? {} : { revision }), at, by };
}
