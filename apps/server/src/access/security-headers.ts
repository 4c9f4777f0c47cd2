import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { parseHost } from './origin-policy.js';

/** What browsers may do with the server's pages. */
const PERMISSIONS = [
  'camera=(self)',
  ...[
    'accelerometer',
    'display-capture',
    'geolocation',
    'gyroscope',
    'microphone',
    'midi',
    'payment',
    'serial',
    'usb',
  ].map((feature) => `${feature}=()`),
].join(', ');

/**
 * Headers that hold browsers to what the pages of the server need: scripts and styles of its own files only, connections
 * back to it only, no frames around it, and nothing of it inside of other sites.
 *
 * @param isTls - The server itself speaks TLS, so that browsers may be told to insist on it.
 */
export function securityHeaders({ isTls }: { readonly isTls: boolean }): RequestHandler {
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'font-src': ["'self'"],
        'img-src': ["'self'", 'blob:', 'data:'],
        'media-src': ["'self'", 'blob:'],
        'worker-src': ["'self'", 'blob:'],
        'manifest-src': ["'self'"],
        // Not every browser takes 'self' for WebSockets, too, and "ws:" alone would allow all servers there are.
        'connect-src': ["'self'", (request) => `ws://${hostOf(request)}`, (request) => `wss://${hostOf(request)}`],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    // An address may hold a token, which no other site may see. With "no-referrer" forms of our own pages would have no
    // origin either, and the login form would be refused.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: isTls ? { maxAge: 15_552_000, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
  });
  return (request, response, next) => {
    response.setHeader('Permissions-Policy', PERMISSIONS);
    headers(request, response, next);
  };
}

function hostOf({ headers }: { readonly headers: { readonly host?: string | undefined } }): string {
  return parseHost(headers.host)?.host ?? 'localhost';
}
