import type { IncomingMessage } from 'node:http';
import { serviceId } from '@kinegraph/core';

/** Asked before each connection: who may not connect is told by what it throws. */
export interface SocketGate {
  /** @throws KinegraphError. An `upgrade: false` refusal answers plain HTTP, since the page may not even know. */
  check(request: IncomingMessage, path: string): void;
}
export const SocketGate = serviceId<SocketGate>('server.SocketGate');
