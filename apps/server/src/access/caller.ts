import type { Response } from 'express';
import type { Principal } from './access-control.js';

/** Who asks, and from where. */
export interface Caller extends Principal {
  /** The address, behind proxies that are trusted the client's own. */
  readonly address: string;
}

const KEY = 'kinegraphCaller';

/** Remembers who was let through. */
export function rememberCaller({ locals }: Response, caller: Caller): void {
  locals[KEY] = caller;
}

/** Who was let through. @throws TypeError where nobody asked who it is */
export function callerOf({ locals }: Response): Caller {
  const caller: unknown = locals[KEY];
  if (caller === undefined) throw new TypeError('A request came to its handler that was not let through.');
  return caller as Caller; // written by `rememberCaller` alone
}
