import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { Clock, KinegraphError, Logger, errorMessage, toErrorRecord } from '@kinegraph/core';
import { inject, injectable } from 'inversify';
import { AccessControl, ForbiddenError, clientKey, knownCaller, refusalOf } from '../access/index.js';
import type { Principal } from '../access/index.js';
import { statusOfCode } from '../answers/error-answers.js';
import { loggableUrl } from '../logging/request-log.js';
import { Store } from '../store/store.js';
import { AuditLog, REFUSED_REQUEST } from './audit-log.js';
import { authorOf } from './author-of.js';

/** What says something of who asks, and not of what is there. */
const STATUSES = new Set([400, 401, 403, 429]);
/** Of one address and one reason, one event is kept in so long. */
const ONE_IN_MS = 60_000;
/** Addresses and reasons that are remembered for that; of more than these nothing is kept until a minute is over. */
const MOST_REMEMBERED = 1000;
const LONGEST_PATH = 200;

/**
 * Keeps who was refused before what they asked for was begun: without a token that may, from a page elsewhere, or with a
 * request of another form. However many come, they fill neither the memory nor the table.
 */
@injectable()
export class RefusedRequests {
  /** When an event was kept, by address and code; the oldest first. */
  readonly #kept = new Map<string, number>();

  constructor(
    @inject(AuditLog) private readonly audit: AuditLog,
    @inject(Store) private readonly store: Store,
    @inject(AccessControl) private readonly access: Pick<AccessControl, 'addressOf' | 'authenticate'>,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly logger: Logger,
  ) {}

  /** Looks at each request once it is answered. */
  watch(): RequestHandler {
    return (request, response, next) => {
      const from = this.access.addressOf(request); // once it is answered its connection may be gone
      response.once('finish', () => {
        const error = refusalOf(response);
        if (error !== undefined) this.#record({ request, from }, error, knownCaller(response));
      });
      next();
    };
  }

  /** A WebSocket was refused. */
  socket(request: IncomingMessage, error: unknown): void {
    if (!(error instanceof KinegraphError)) return;
    // Who has shown no token that is known is not asked a second time: that would count as another guess.
    const caller = error instanceof ForbiddenError ? this.access.authenticate(request) : undefined;
    this.#record({ request, from: this.access.addressOf(request) }, error, caller);
  }

  #record(
    { request, from }: { readonly request: IncomingMessage; readonly from: string },
    { code }: KinegraphError,
    caller: Principal | undefined,
  ): void {
    const status = statusOfCode(code);
    // A stranger's request is no reason to make a database where there is none.
    if (!STATUSES.has(status) || !this.store.isThere || !this.#isNews(`${clientKey(from)} ${code}`)) return;
    const { method = '' } = request;
    try {
      this.audit.record({
        action: REFUSED_REQUEST,
        target: pathOf(request),
        outcome: 'refused',
        status,
        by: caller === undefined ? { kind: 'unknown' } : authorOf(caller),
        from,
        detail: { method, code },
      });
    } catch (fault) {
      this.logger.warn(`An event could not be kept: ${code} from ${from}: ${errorMessage(fault)}`, {
        error: toErrorRecord(fault),
      });
    }
  }

  #isNews(key: string): boolean {
    const nowMs = this.clock.nowMs();
    for (const [oldest, atMs] of this.#kept) {
      if (nowMs - atMs < ONE_IN_MS) break;
      this.#kept.delete(oldest);
    }
    if (this.#kept.has(key) || this.#kept.size >= MOST_REMEMBERED) return false;
    this.#kept.set(key, nowMs);
    return true;
  }
}

/** Without the query, which may hold a token. Routers cut `url`. */
function pathOf(request: IncomingMessage & { readonly originalUrl?: string }): string {
  const [path = ''] = loggableUrl(request.originalUrl ?? request.url ?? '').split('?');
  return path.slice(0, LONGEST_PATH);
}
