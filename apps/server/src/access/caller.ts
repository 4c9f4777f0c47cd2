import type { Response } from 'express';
import type { KinegraphError } from '@kinegraph/core';
import type { Principal } from './access-control.js';

/** Who asks, and from where. */
export interface Caller extends Principal {
  /** The address, behind proxies that are trusted the client's own. */
  readonly address: string;
}

const KEY = 'kinegraphCaller';

/** Remembers who asks. */
export function rememberCaller({ locals }: Response, caller: Caller): void {
  locals[KEY] = caller;
}

/** Who asks, also where they were not let through; undefined where nobody knows. */
export function knownCaller({ locals }: Response): Caller | undefined {
  return locals[KEY] as Caller | undefined; // written by `rememberCaller` alone
}

/** Who was let through. @throws TypeError where nobody asked who it is */
export function callerOf(response: Response): Caller {
  const caller = knownCaller(response);
  if (caller === undefined) throw new TypeError('A request came to its handler that was not let through.');
  return caller;
}

const REFUSAL = 'kinegraphRefusal';

/** Remembers why a request is refused, before its operation has begun. */
export function rememberRefusal({ locals }: Response, error: KinegraphError): void {
  locals[REFUSAL] = error;
}

/** Why a request was refused, if it was. */
export function refusalOf({ locals }: Response): KinegraphError | undefined {
  return locals[REFUSAL] as KinegraphError | undefined; // written by `rememberRefusal` alone
}
