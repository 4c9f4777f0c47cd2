import { KinegraphError, errorMessage } from '@kinegraph/core';
import type { ServerConfig } from '../config/index.js';

/** The server cannot have the address that it should listen on. */
export class ListenError extends KinegraphError {
  override readonly name = 'ListenError';
  readonly code = 'SERVER_LISTEN';
  constructor(
    override readonly data: { host: string; port: number; reason: string },
    options?: ErrorOptions,
  ) {
    super(`The server cannot listen on ${data.host}, port ${data.port}: ${data.reason}`, options);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use already. Stop what uses it, or choose another port (0 takes any free one).',
  EADDRNOTAVAIL: 'this machine has no such address. Set "host" to one it has, or to 0.0.0.0 for all.',
  EACCES: 'the system does not permit it. Choose a port from 1024 on.',
  ENOTFOUND: 'no such host is known. Set "host" to an address of this machine.',
  EAI_AGAIN: 'no such host is known now. Set "host" to an address of this machine.',
};

/** Says what the system said of an address. */
export function listenError(cause: unknown, address: Pick<ServerConfig, 'host' | 'port'>): ListenError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const reason = REASONS[code] ?? `${errorMessage(cause)}. Set "host" and "port" to others.`;
  return new ListenError({ host: address.host, port: address.port, reason }, { cause });
}
