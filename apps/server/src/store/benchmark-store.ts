import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { Author } from './author.js';
import { jsonColumn } from './json-column.js';
import { Store } from './store.js';
import { WallClock } from './wall-clock.js';

/** Benchmarks that are kept. */
export const MOST_BENCHMARKS = 1000;

type Json = z.infer<ReturnType<typeof z.json>>;

const States = z.enum(['running', 'done', 'failed', 'cancelled']);
const GraphRow = z.object({
  title: z.string(),
  graph: z.string().nullable(),
  revision: z.int().nullable(),
  sha256: z.string(),
});
const InfoRow = z.object({
  id: z.int(),
  at: z.string(),
  by: jsonColumn(Author),
  state: States,
  graphs: jsonColumn(z.array(GraphRow)),
});
const Row = InfoRow.extend({ request: jsonColumn(z.json()), result: jsonColumn(z.json()) });

/** A graph that was measured. */
export interface BenchmarkedGraph {
  readonly title: string;
  /** Id of the graph and its revision, where it was one of this server. */
  readonly graph?: string;
  readonly revision?: number;
  /** Of its canonical text. */
  readonly sha256: string;
}

/** A benchmark that begins. */
export interface NewBenchmark {
  readonly by: Author;
  readonly graphs: readonly BenchmarkedGraph[];
  /** How it is measured. */
  readonly request: unknown;
}

/** A benchmark, without its figures. */
export interface BenchmarkInfo extends Pick<NewBenchmark, 'by' | 'graphs'> {
  readonly id: number;
  /** ISO 8601. */
  readonly at: string;
  /** `running` also where the server was cut off meanwhile. */
  readonly state: z.infer<typeof States>;
}

/** A benchmark with its figures. */
export interface KeptBenchmark extends BenchmarkInfo {
  readonly request: Json;
  readonly result: Json;
}

/** A benchmark as it is kept, its graphs gathered from their rows. */
const INFO = `benchmarks.id, at, by, state, (
  SELECT json_group_array(json_object('title', title, 'graph', graph, 'revision', revision, 'sha256', sha256) ORDER BY position)
  FROM benchmark_graphs WHERE benchmark = benchmarks.id
) AS graphs`;

/** Benchmarks and their results, the oldest let go. */
@injectable()
export class BenchmarkStore {
  constructor(
    @inject(Store) private readonly store: Store,
    @inject(WallClock) private readonly clock: WallClock,
  ) {}

  /** Keeps one that begins. @returns its id @throws StorageFullError */
  begin({ by, graphs, request }: NewBenchmark): number {
    return this.store.transaction(() => {
      const { database } = this.store;
      const { lastId } = database.run(
        `INSERT INTO benchmarks (at, by, state, request, result) VALUES (?, ?, 'running', ?, 'null')`,
        this.clock.now().toISOString(),
        JSON.stringify(by),
        JSON.stringify(request),
      );
      for (const [position, { title, graph, revision, sha256 }] of graphs.entries())
        database.run(
          'INSERT INTO benchmark_graphs (benchmark, position, title, graph, revision, sha256) VALUES (?, ?, ?, ?, ?, ?)',
          ...[lastId, position, title, graph ?? null, revision ?? null, sha256],
        );
      database.run('DELETE FROM benchmarks WHERE id <= ?', lastId - MOST_BENCHMARKS);
      return lastId;
    });
  }

  /** Keeps what came of one. @throws StorageFullError */
  end(id: number, state: Exclude<BenchmarkInfo['state'], 'running'>, result: unknown): void {
    this.store.transaction(() =>
      this.store.database.run(
        'UPDATE benchmarks SET state = ?, result = ? WHERE id = ?',
        ...[state, JSON.stringify(result), id],
      ),
    );
  }

  /** Newest first. @param options - `graph`: only those of it; `before`: only those with a smaller id. */
  list(options: {
    readonly graph?: string;
    readonly before?: number;
    readonly limit: number;
  }): readonly BenchmarkInfo[] {
    const { graph = null, before = Number.MAX_SAFE_INTEGER, limit } = options;
    const sql = `SELECT ${INFO} FROM benchmarks WHERE id < ? AND (? IS NULL OR id IN (
      SELECT benchmark FROM benchmark_graphs WHERE graph = ?
    )) ORDER BY id DESC LIMIT ?`;
    return this.store.database.all(InfoRow, sql, before, graph, graph, limit).map(infoOf);
  }

  get(id: number): KeptBenchmark | undefined {
    const row = this.store.database.first(
      Row,
      `SELECT ${INFO}, request, result FROM benchmarks WHERE benchmarks.id = ?`,
      id,
    );
    return row && { ...infoOf(row), request: row.request, result: row.result };
  }

  /** @returns false where there is none of the id @throws StorageFullError */
  delete(id: number): boolean {
    return this.store.transaction(() => this.store.database.run('DELETE FROM benchmarks WHERE id = ?', id).changes > 0);
  }
}

function infoOf({ id, at, by, state, graphs }: z.infer<typeof InfoRow>): BenchmarkInfo {
  return {
    ...{ id, at, by, state },
    graphs: graphs.map(({ title, graph, revision, sha256 }) => ({
      title,
      ...(graph === null ? {} : { graph }),
      ...(revision === null ? {} : { revision }),
      sha256,
    })),
  };
}
