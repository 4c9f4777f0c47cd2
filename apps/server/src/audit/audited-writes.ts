import { KinegraphError, Logger, errorMessage, toErrorRecord } from '@kinegraph/core';
import { inject, injectable } from 'inversify';
import { answerOf } from '../answers/error-answers.js';
import type { CallOutcome, CheckedCall, Operation } from '../api/index.js';
import { AuditLog } from './audit-log.js';
import { authorOf } from './author-of.js';

const API = '/api/v1/';

/** Keeps who asked for each change, and what came of it. */
@injectable()
export class AuditedWrites {
  constructor(
    @inject(AuditLog) private readonly audit: AuditLog,
    @inject(Logger) private readonly logger: Logger,
  ) {}

  record(operation: Operation, { params, caller }: Pick<CheckedCall, 'params' | 'caller'>, outcome: CallOutcome): void {
    if (!isWrite(operation) || operation.audited === 'never' || caller === undefined) return;
    const hasFailed = 'error' in outcome;
    if (!hasFailed && operation.audited === 'with the change') return;
    const { error } = hasFailed ? outcome : { error: undefined };
    const status = hasFailed ? answerOf(error).status : operation.answer.status;
    try {
      this.audit.record({
        action: operation.id,
        target: targetOf(operation.path, params, hasFailed ? undefined : outcome.answer),
        outcome: hasFailed ? (status < 500 ? 'refused' : 'failed') : 'ok',
        status,
        by: authorOf(caller),
        from: caller.address,
        detail: { ...plain(params), ...(error instanceof KinegraphError ? { code: error.code } : {}) },
      });
    } catch (fault) {
      // The change is made, or refused, already: taking it back would be worse than a gap, which the log closes.
      this.logger.warn(`An event could not be kept: ${operation.id} from ${caller.address}: ${errorMessage(fault)}`, {
        error: toErrorRecord(fault),
      });
    }
  }
}

/** What needs more than looking is a change. */
function isWrite({ scope }: Operation): boolean {
  return scope !== 'view' && scope !== 'open';
}

/**
 * `graphs/hands` of `/api/v1/graphs/{graph}/revisions/{revision}/restore`. What a request has made is named by the answer:
 * `runs/mine` of `POST /api/v1/runs`.
 */
function targetOf(path: string, params: Readonly<Record<string, unknown>> | undefined, answer: unknown): string {
  const [kind = '', id] = path.slice(API.length).split('/');
  const name = id === undefined ? idOf(answer) : plain(params)[id.replaceAll(/[{}]/g, '')];
  return name === undefined ? kind : `${kind}/${name}`;
}

function idOf(answer: unknown): string | number | undefined {
  if (typeof answer !== 'object' || answer === null || !('id' in answer)) return undefined;
  return typeof answer.id === 'string' || typeof answer.id === 'number' ? answer.id : undefined;
}

/** Parts of paths are texts and numbers. */
function plain(params: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, string | number>> {
  const texts: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(params))
    if (typeof value === 'string' || typeof value === 'number') texts[name] = value;
  return texts;
}
