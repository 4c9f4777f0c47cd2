import type { z } from 'zod';
import type { Scope } from '../access/index.js';
import type { Tag } from './operations/tags.js';

/** An answer whose body is JSON. */
export interface JsonAnswer {
  readonly status: 200 | 201 | 202;
  readonly description: string;
  /** What the body fits; `io` is output. */
  readonly schema: z.ZodType;
}

/** An answer that is no JSON: a picture, a stream, a file. The handler writes it. */
export interface MediaAnswer {
  readonly status: 200;
  readonly description: string;
  readonly mediaType: string;
}

/** An answer without a body. */
export interface EmptyAnswer {
  readonly status: 204;
  readonly description: string;
}

/** An answer that is not the usual one: JSON, something else, or nothing. */
export type OtherAnswer =
  | Pick<JsonAnswer, 'description' | 'schema'>
  | Pick<MediaAnswer, 'description' | 'mediaType'>
  | Pick<EmptyAnswer, 'description'>;

/** A body that is no JSON; the handler reads it. */
export interface MediaBody {
  readonly description: string;
  readonly mediaType: string;
}

/**
 * One thing that can be asked of the server: what checks a request, what the OpenAPI document says of it, what the client
 * generated from that calls it by, and what a token has to allow.
 */
export interface Operation {
  /** Name of the client's function: a verb and what it is about, as `listRuns`. */
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As OpenAPI writes it: `/api/v1/runs/{run}`. */
  readonly path: string;
  /** What a token has to allow, where the server demands one; `open` is answered to everybody. */
  readonly scope: Scope | 'open';
  readonly tag: Tag;
  /** A line. */
  readonly summary: string;
  /** More, where a line does not do; Markdown. */
  readonly description?: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  readonly body?: z.ZodType | MediaBody;
  readonly answer: JsonAnswer | MediaAnswer | EmptyAnswer;
  /** When its event is written: in one transaction with the change, or never, of what only looks; left out: after the change. */
  readonly audited?: 'with the change' | 'never';
  /** Answers that are no errors and yet not the usual one, by status. */
  readonly others?: Readonly<Record<number, OtherAnswer>>;
  /** Codes of the errors that this operation may answer with, besides those that every one may. */
  readonly errors: readonly string[];
}

/** Written down as it is, so that its handler knows what it is called with and what it has to give. */
export function operation<const Of extends Operation>(of: Of): Of {
  return of;
}

/** Whether a body is JSON, which is read and checked before the handler is called. */
export function isJsonBody(body: Operation['body']): body is z.ZodType {
  return body !== undefined && !('mediaType' in body);
}
