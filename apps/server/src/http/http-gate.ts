import type { RequestHandler } from 'express';
import { serviceId } from '@kinegraph/core';

/** What every request passes first: headers, access, limits. */
export interface HttpGate {
  /** In their order. */
  readonly handlers: readonly RequestHandler[];
}
export const HttpGate = serviceId<HttpGate>('server.HttpGate');
