import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { VirtualClock } from '@kinegraph/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ServerConfig } from '../config/index.js';
import { AccessControl, demandsToken } from './access-control.js';
import { TokenStore } from './token-store.js';

let folder: string;
let clock: VirtualClock;
let tokens: TokenStore;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kinegraph-access-'));
  clock = new VirtualClock();
  tokens = new TokenStore(path.join(folder, 'tokens.json'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Asked {
  readonly headers?: Readonly<Record<string, string>>;
  readonly url?: string;
  readonly from?: string;
}

/** What the control looks at of a request. */
function request({ headers = {}, url = '/', from = '203.0.113.7' }: Asked = {}): IncomingMessage {
  const known = { headers: { host: 'h:4242', ...headers }, url, socket: { remoteAddress: from, localPort: 4242 } };
  return known as unknown as IncomingMessage; // no test here needs a stream
}

function control(config: Record<string, unknown> = { host: '0.0.0.0' }): AccessControl {
  return new AccessControl(ServerConfig.parse(config), tokens, clock);
}

const bearer = (token: string): Asked => ({ headers: { authorization: `Bearer ${token}` } });
const codeOf = (act: () => unknown): string => {
  try {
    act();
    return 'let through';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
};

describe('a token is demanded', () => {
  it.each<[string, Record<string, unknown>, boolean]>([
    ['not on loopback', { host: '127.0.0.1' }, false],
    ['not on localhost', { host: 'localhost' }, false],
    ['not on the loopback of IPv6', { host: '::1' }, false],
    ['on all interfaces', { host: '0.0.0.0' }, true],
    ['on all of IPv6', { host: '::' }, true],
    ['on a named host', { host: 'localhost.example' }, true],
    ['on loopback where the operator says so', { access: { tokenOnLoopback: true } }, true],
    ['behind a proxy', { access: { trustProxy: ['127.0.0.1'] } }, true],
  ])('%s', (_, config, expected) => {
    expect(demandsToken(ServerConfig.parse(config))).toBe(expected);
  });
});

describe('who asks', () => {
  it('may do all on an open server', () => {
    expect(control({}).authorize(request(), 'admin').kind).toBe('anyone');
  });

  it('is known by header, query and session, and by nothing else', () => {
    const access = control();
    const { token } = tokens.create({ name: '', scopes: ['view'] });
    expect(access.authorize(request(bearer(token)), 'view').kind).toBe('token');
    expect(access.authorize(request({ url: `/api/v1/runs?token=${token}` }), 'view').kind).toBe('token');
    const cookie = access.login(request(), token);
    expect(cookie).toMatch(/^kinegraph-4242=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/);
    const [pair = ''] = cookie.split(';');
    expect(access.authorize(request({ headers: { cookie: `a=b; ${pair}` } }), 'view').kind).toBe('session');
    expect(codeOf(() => access.authorize(request(), 'view'))).toBe('SERVER_UNAUTHORIZED');
    expect(codeOf(() => access.authorize(request(bearer(`${token}x`)), 'view'))).toBe('SERVER_UNAUTHORIZED');
    expect(codeOf(() => access.authorize(request({ headers: { cookie: `kinegraph-4242=${token}` } }), 'view'))).toBe(
      'SERVER_UNAUTHORIZED',
    );
    expect(codeOf(() => access.authorize(request({ headers: { cookie: pair.replace('4242', '4243') } }), 'view'))).toBe(
      'SERVER_UNAUTHORIZED',
    );
  });

  it('may do what the scopes of the token say', () => {
    const access = control();
    const { token } = tokens.create({ name: '', scopes: ['ingest'] });
    const answers = (['view', 'ingest', 'edit', 'deploy', 'admin'] as const).map((scope) =>
      codeOf(() => access.authorize(request(bearer(token)), scope)),
    );
    expect(answers).toEqual(['let through', 'let through', 'SERVER_FORBIDDEN', 'SERVER_FORBIDDEN', 'SERVER_FORBIDDEN']);
  });

  it('is nobody any more once a session has run out, was ended, or its token was revoked', async () => {
    const access = control({ host: '0.0.0.0', access: { sessionMinutes: 10 } });
    const { token, id } = tokens.create({ name: '', scopes: ['view'] });
    const ask = (cookie: string): string =>
      codeOf(() => access.authorize(request({ headers: { cookie: cookie.split(';')[0] ?? '' } }), 'view'));
    const [first, second, third] = [
      access.login(request(), token),
      access.login(request(), token),
      access.login(request(), token),
    ];
    access.logout(request({ headers: { cookie: first.split(';')[0] ?? '' } }));
    expect([ask(first), ask(second)]).toEqual(['SERVER_UNAUTHORIZED', 'let through']);
    await clock.advance(10 * 60_000 - 1);
    expect(ask(second)).toBe('let through');
    await clock.advance(1);
    expect(ask(second)).toBe('SERVER_UNAUTHORIZED');
    const fourth = access.login(request(), token);
    tokens.revoke(id);
    expect([ask(third), ask(fourth)]).toEqual(['SERVER_UNAUTHORIZED', 'SERVER_UNAUTHORIZED']);
  });

  it('has to wait after wrong tokens, longer each time, and only from that address', async () => {
    const access = control({ host: '0.0.0.0', limits: { loginAttempts: 3 } });
    const { token } = tokens.create({ name: '', scopes: ['view'] });
    const ask = (text: string, from = '203.0.113.7'): string =>
      codeOf(() => access.authorize(request({ ...bearer(text), from }), 'view'));
    expect([ask('a'), ask('b'), ask('c')]).toEqual([
      'SERVER_UNAUTHORIZED',
      'SERVER_UNAUTHORIZED',
      'SERVER_UNAUTHORIZED',
    ]);
    expect([ask('d'), ask(token), ask(token, '203.0.113.8')]).toEqual([
      'SERVER_LOGIN_LIMITED',
      'SERVER_LOGIN_LIMITED',
      'let through',
    ]);
    await clock.advance(1000);
    expect([ask('e'), ask('f')]).toEqual(['SERVER_UNAUTHORIZED', 'SERVER_LOGIN_LIMITED']);
    await clock.advance(1999);
    expect(ask(token)).toBe('SERVER_LOGIN_LIMITED');
    await clock.advance(1);
    expect([ask(token), ask('g'), ask(token)]).toEqual(['let through', 'SERVER_UNAUTHORIZED', 'let through']);
  });
});

describe('where a request comes from', () => {
  it('counts connections by client, and by the client behind a trusted proxy', () => {
    const access = control({
      access: { trustProxy: ['10.0.0.0/8'] },
      limits: { connectionsPerClient: 2, connections: 3 },
    });
    const through = (client: string): IncomingMessage =>
      request({ from: '10.0.0.1', headers: { 'x-forwarded-for': `1.1.1.1, ${client}` } });
    const held = [access.connect(through('8.8.8.8')), access.connect(through('8.8.8.8'))];
    expect(codeOf(() => access.connect(through('8.8.8.8')))).toBe('SERVER_TOO_MANY_CONNECTIONS');
    held.push(access.connect(through('9.9.9.9')));
    expect(codeOf(() => access.connect(through('7.7.7.7')))).toBe('SERVER_TOO_MANY_CONNECTIONS');
    for (const one of held) {
      one[Symbol.dispose]();
      one[Symbol.dispose](); // twice does no harm
    }
    expect([access.connections.total, access.connections.clients]).toEqual([0, 0]);
  });

  it('believes no proxy that is not listed', () => {
    const access = control({ access: { trustProxy: ['10.0.0.1'] }, limits: { connectionsPerClient: 1 } });
    const from = (client: string): IncomingMessage =>
      request({ from: '10.0.0.2', headers: { 'x-forwarded-for': client } });
    access.connect(from('8.8.8.8'));
    expect(codeOf(() => access.connect(from('9.9.9.9')))).toBe('SERVER_TOO_MANY_CONNECTIONS');
  });

  it('is secure under TLS of our own, or of a trusted proxy', () => {
    const forwarded = { headers: { 'x-forwarded-proto': 'https' }, from: '10.0.0.1' };
    expect(control({ tls: { cert: 'c', key: 'k' } }).isSecure(request())).toBe(true);
    expect(control({ access: { trustProxy: ['10.0.0.1'] } }).isSecure(request(forwarded))).toBe(true);
    expect(control({}).isSecure(request(forwarded))).toBe(false);
    const { token } = tokens.create({ name: '', scopes: ['view'] });
    const cookie = control({ host: '0.0.0.0', tls: { cert: 'c', key: 'k' } }).login(request(), token);
    expect(cookie).toMatch(/^__Host-kinegraph-4242=.*; Secure$/);
  });

  it('is refused through a proxy that would bring everybody to an open server', () => {
    for (const headers of [{ 'x-forwarded-for': '8.8.8.8' }, { forwarded: 'for=8.8.8.8' }])
      expect(codeOf(() => control({}).checkHost(request({ headers: { host: 'localhost', ...headers } })))).toBe(
        'SERVER_PROXY_NOT_TRUSTED',
      );
  });
});
