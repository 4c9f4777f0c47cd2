import type { IncomingMessage } from 'node:http';
import type { AccessControl } from './access-control.js';
import { scopeOfSocket } from './needed-scope.js';

/** What every WebSocket passes before it is accepted. */
export function socketGate(access: AccessControl): { check(request: IncomingMessage, path: string): void } {
  return {
    check(request, path) {
      access.checkHost(request);
      // No browser keeps a page from opening a socket to another origin; the server has to.
      access.checkOrigin(request);
      const connection = access.connect(request);
      request.socket.once('close', () => connection[Symbol.dispose]());
      access.authorize(request, scopeOfSocket(path));
    },
  };
}
