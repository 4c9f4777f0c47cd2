import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { Author } from '../store/author.js';
import { jsonColumn } from '../store/json-column.js';
import { Store } from '../store/store.js';
import { WallClock } from '../store/wall-clock.js';

/** Facts of an event, by name: small plain values, never bodies or secrets. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null>>;

/** Something that was done, or tried. */
export interface NewAuditEvent {
  /** What, as `putGraph`. */
  readonly action: string;
  /** To what, as `graphs/hands`. */
  readonly target: string;
  readonly outcome: 'ok' | 'refused' | 'failed';
  /** Of the answer, where it was a request. */
  readonly status?: number;
  readonly by: Author;
  /** The address it came from. */
  readonly from?: string;
  readonly requestId?: string;
  readonly detail?: AuditDetail;
}

/** Something that was done, as it is kept. */
export interface AuditEvent extends NewAuditEvent {
  /** Grows with each event; never used again. */
  readonly id: number;
  /** ISO 8601. */
  readonly at: string;
  readonly detail: AuditDetail;
}

/** The action of requests that were refused before what they asked for was begun. */
export const REFUSED_REQUEST = 'request';
/** Most events that are kept. */
export const MOST_EVENTS = 100_000;
/** Most refused requests that are kept. They are counted apart: strangers must not push out what was changed. */
export const MOST_REFUSED_REQUESTS = 10_000;
/** How long events are kept. */
export const EVENT_DAYS = 400;
/** Old ones are let go once in so many. */
const PRUNE_EVERY = 64;
const DAY_MS = 86_400_000;

const Row = z
  .object({
    id: z.int(),
    at: z.string(),
    action: z.string(),
    target: z.string(),
    outcome: z.enum(['ok', 'refused', 'failed']),
    status: z.int().nullable(),
    by: jsonColumn(Author),
    address: z.string().nullable(),
    request: z.string().nullable(),
    detail: jsonColumn(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  })
  .transform(({ status, address, request, ...rest }): AuditEvent => ({
    ...rest,
    ...(status === null ? {} : { status }),
    ...(address === null ? {} : { from: address }),
    ...(request === null ? {} : { requestId: request }),
  }));

/** Who changed what, when and from where. An event of a change is written with it, in one transaction. */
@injectable()
export class AuditLog {
  constructor(
    @inject(Store) private readonly store: Store,
    @inject(WallClock) private readonly clock: WallClock,
  ) {}

  /** @throws StorageFullError and what else keeps the store from writing */
  record(event: NewAuditEvent): void {
    const { database } = this.store;
    const now = this.clock.now();
    const { lastId } = database.run(
      'INSERT INTO events (at, action, target, outcome, status, by, address, request, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      now.toISOString(),
      event.action,
      event.target,
      event.outcome,
      event.status ?? null,
      JSON.stringify(event.by),
      event.from ?? null,
      event.requestId ?? null,
      JSON.stringify(event.detail ?? {}),
    );
    if (lastId % PRUNE_EVERY !== 0) return;
    const oldest = new Date(now.getTime() - EVENT_DAYS * DAY_MS).toISOString();
    database.run('DELETE FROM events WHERE at < ?', oldest);
    for (const [is, most] of [
      ['=', MOST_REFUSED_REQUESTS],
      ['<>', MOST_EVENTS],
    ] as const)
      database.run(
        `DELETE FROM events WHERE action ${is} ? AND id <= (
           SELECT id FROM events WHERE action ${is} ? ORDER BY id DESC LIMIT 1 OFFSET ?
         )`,
        ...[REFUSED_REQUEST, REFUSED_REQUEST, most],
      );
  }

  /** Newest first. @param options - `before`: only those with a smaller id; `targets`: only of these; `limit`: at most so many. */
  list({
    before = Number.MAX_SAFE_INTEGER,
    targets,
    limit,
  }: {
    readonly before?: number;
    readonly targets?: readonly string[];
    readonly limit: number;
  }): readonly AuditEvent[] {
    const { database } = this.store;
    if (targets === undefined)
      return database.all(Row, 'SELECT * FROM events WHERE id < ? ORDER BY id DESC LIMIT ?', before, limit);
    return database.all(
      Row,
      'SELECT * FROM events WHERE id < ? AND target IN (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT ?',
      before,
      JSON.stringify(targets),
      limit,
    );
  }
}
