import type { Request, Response } from 'express';
import { serviceId } from '@kinegraph/core';
import type { z } from 'zod';
import type { Caller } from '../access/index.js';
import type { JsonAnswer, Operation } from './operation.js';

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** Answers are looked at, not changed. */
type Readable<Value> = Value extends readonly (infer Item)[]
  ? readonly Readable<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Readable<Value[Key]> }
    : Value;

/** A request that was checked. */
export interface ApiCall<Of extends Operation> {
  readonly params: Parsed<Of['params']>;
  readonly query: Parsed<Of['query']>;
  /** Undefined where there is none, or where the handler reads it. */
  readonly body: Parsed<Of['body']>;
  /** Who asks; undefined where everybody is answered. */
  readonly caller: Of['scope'] extends 'open' ? undefined : Caller;
  readonly request: Request;
  /** For headers; the body is the handler's only where the answer is no JSON. */
  readonly response: Response;
}

/** What a handler gives that has answered by itself, with one of the operation's other answers. */
export const ANSWERED = Symbol('answered');

/** What a handler gives: the body of the answer where that is JSON, else nothing. */
export type ApiResult<Of extends Operation> = Of['answer'] extends JsonAnswer
  ? Readable<z.input<Of['answer']['schema']>> | typeof ANSWERED
  : void;

/** Does what an operation says. */
export type ApiHandler<Of extends Operation> = (call: ApiCall<Of>) => Promise<ApiResult<Of>> | ApiResult<Of>;

/** A call of some operation. */
export type CheckedCall = Omit<ApiCall<Operation>, 'caller'> & { readonly caller: Caller | undefined };

/** An operation with what does it. */
export interface HandledOperation {
  readonly operation: Operation;
  /** Does not check: `call` has to fit the operation. */
  readonly handle: (call: CheckedCall) => unknown;
}

/** Puts an operation and its handler together. */
export function handled<const Of extends Operation>(operation: Of, handle: ApiHandler<Of>): HandledOperation {
  // The router checks each request against this very operation before it calls.
  return { operation, handle: (call) => handle(call as unknown as ApiCall<Of>) };
}

/** What does the operations of one area; all that are bound are served. */
export interface ApiRoutes {
  operations(): readonly HandledOperation[];
}
export const ApiRoutes = serviceId<ApiRoutes>('server.ApiRoutes');
