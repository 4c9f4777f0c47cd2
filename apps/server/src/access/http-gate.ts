import { Router } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import { KinegraphError } from '@kinegraph/core';
import { LoginLimitedError, UnauthorizedError } from './access-errors.js';
import type { AccessControl } from './access-control.js';
import { rememberCaller, rememberRefusal } from './caller.js';
import { tokenOf, withoutToken } from './credentials.js';
import { parseJsonBody } from './json-body.js';
import { loginPage } from './login-page.js';
import { isMutating, scopeOfRequest } from './needed-scope.js';
import { readBody } from './read-body.js';
import { securityHeaders } from './security-headers.js';

/** A login is a token and little else. */
const LOGIN_BYTES = 4096;
/** What the login page looks like, no secret. */
const LOOKS = new Set(['/login.css', '/icon.svg']);
const API = /^\/(?:api|metrics)(?:\/|$)/i;

/** What every HTTP request passes before it reaches a route, in this order. */
export function httpGate(access: AccessControl, { isTls }: { readonly isTls: boolean }): readonly RequestHandler[] {
  return [
    securityHeaders({ isTls }),
    checkSender(access),
    answerOtherOrigins(access),
    loginRoutes(access),
    checkPermission(access),
  ];
}

/** Where a request comes from, and how many of its kind there are already. */
function checkSender(access: AccessControl): RequestHandler {
  return (request, response, next) => {
    access.checkHost(request);
    if (isMutating(request.method)) access.checkOrigin(request);
    const connection = access.connect(request);
    response.once('close', () => connection[Symbol.dispose]());
    next();
  };
}

/** Tells browsers that pages of listed origins may read answers and send JSON. */
function answerOtherOrigins(access: AccessControl): RequestHandler {
  return (request, response, next) => {
    const { origin } = request.headers;
    response.vary('Origin');
    if (origin === undefined || !access.origins.isListed(origin)) {
      next();
      return;
    }
    response.set({ 'Access-Control-Allow-Origin': origin, 'Cross-Origin-Resource-Policy': 'cross-origin' });
    if (request.method !== 'OPTIONS') {
      next();
      return;
    }
    response
      .set({
        'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
        'Access-Control-Allow-Headers': 'Authorization, Content-Type, If-None-Match',
        'Access-Control-Max-Age': '600',
      })
      .status(204)
      .end();
  };
}

/** `POST /api/v1/login`, `POST /api/v1/logout`, `GET /api/v1/session`. */
function loginRoutes(access: AccessControl): RequestHandler {
  const router = Router();
  router.post('/api/v1/login', async (request, response) => {
    const isForm = request.is('application/x-www-form-urlencoded') !== false;
    try {
      const body = await readBody(request, LOGIN_BYTES);
      response.append('Set-Cookie', access.login(request, isForm ? tokenOfForm(body) : tokenOfJson(body)));
    } catch (error) {
      if (!isForm || !(error instanceof KinegraphError)) throw explained(response, error);
      showLogin(response, error);
      return;
    }
    if (isForm) response.redirect(303, '/');
    else response.status(204).end();
  });
  router.post('/api/v1/logout', (request, response) => {
    response.append('Set-Cookie', access.logout(request)).status(204).end();
  });
  router.get('/api/v1/session', (request, response) => {
    let scopes: readonly string[] = [];
    try {
      scopes = access.authenticate(request)?.scopes ?? [];
    } catch (error) {
      throw explained(response, error);
    }
    response.set('Cache-Control', 'no-store').json({ demandsToken: !access.isOpen, scopes });
  });
  return router;
}

/** Who asks, and whether they may. People who open a page are shown where to log in. */
function checkPermission(access: AccessControl): RequestHandler {
  return (request, response, next) => {
    const scope = scopeOfRequest(request.method, request.path);
    if (scope === 'open' || (LOOKS.has(request.path) && !isMutating(request.method))) {
      next();
      return;
    }
    const isPage = isPageVisit(request);
    try {
      const principal = access.authenticate(request);
      if (principal !== undefined) rememberCaller(response, { ...principal, address: access.addressOf(request) });
      access.permit(principal, scope);
      const token = tokenOf(request.url);
      if (isPage && token !== undefined && !access.isOpen) {
        // From now on the cookie does, and the token leaves the address bar and the history.
        response.append('Set-Cookie', access.login(request, token)).redirect(303, pathOnly(withoutToken(request.url)));
        return;
      }
    } catch (error) {
      if (!isPage || !(error instanceof KinegraphError)) throw explained(response, error);
      showLogin(response, error);
      return;
    }
    next();
  };
}

function showLogin(response: Response, error: KinegraphError): void {
  explained(response, error);
  const status = error instanceof LoginLimitedError ? 429 : error instanceof UnauthorizedError ? 401 : 403;
  const isFirst = error instanceof UnauthorizedError && error.data.reason === 'missing';
  if (!isFirst) rememberRefusal(response, error);
  response
    .status(status)
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(loginPage(isFirst ? 'This server demands a token.' : error.message));
}

/** Adds the headers that belong to an error. @returns the error */
function explained(response: Response, error: unknown): unknown {
  if (error instanceof LoginLimitedError) response.set('Retry-After', String(error.data.retryAfterSeconds));
  if (error instanceof UnauthorizedError) response.set('WWW-Authenticate', 'Bearer realm="kinegraph"');
  return error;
}

/** True where a person opens a page, and not a program or a script. */
function isPageVisit(request: Request): boolean {
  return request.method === 'GET' && !API.test(request.path) && (request.headers.accept ?? '').includes('text/html');
}

/** A path of this server: "//elsewhere" would lead away. */
function pathOnly(url: string): string {
  return url.replace(/^[/\\]+/, '/');
}

function tokenOfForm(body: Uint8Array): string {
  return new URLSearchParams(new TextDecoder().decode(body)).get('token') ?? '';
}

function tokenOfJson(body: Uint8Array): string {
  const value = parseJsonBody(body, { jsonBytes: LOGIN_BYTES, jsonDepth: 4 });
  const token = typeof value === 'object' && value !== null && 'token' in value ? value.token : undefined;
  if (typeof token !== 'string') throw new UnauthorizedError({ reason: 'missing' });
  return token;
}
