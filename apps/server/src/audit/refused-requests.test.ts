import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { silentLogger } from '@kinegraph/core';
import { VirtualClock } from '@kinegraph/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeptGraphs, titled, ANNA } from '../../test/support/kept-graphs.js';
import { ForbiddenError, HostNotAllowedError, UnauthorizedError } from '../access/index.js';
import { RefusedRequests } from './refused-requests.js';

let kept: KeptGraphs;
let clock: VirtualClock;
let from: string;
let refused: RefusedRequests;
beforeEach(() => {
  kept = new KeptGraphs();
  clock = new VirtualClock();
  from = '10.0.0.7';
  const access = {
    addressOf: () => from,
    authenticate: () => ({ kind: 'token', scopes: ['view'], tokenId: 't1', name: 'ci' }) as const,
  };
  refused = new RefusedRequests(kept.audit, kept.store, access, clock, silentLogger);
});
afterEach(() => kept[Symbol.dispose]());

/** Somebody's request for a socket. */
function request(url: string): IncomingMessage {
  return Object.assign(new IncomingMessage(new Socket()), { method: 'GET', url });
}
const stranger = new UnauthorizedError({ reason: 'unknown' });
const events = (): readonly object[] => kept.audit.list({ limit: 5000 }).filter(({ action }) => action === 'request');

describe('A refused request', () => {
  it('makes no database where there is none', () => {
    refused.socket(request('/'), stranger);
    expect(kept.store.isThere).toBe(false);
  });

  it('leaves who asked for what, without the token of its query, and why it was refused', () => {
    kept.library.put('hands', titled('A'), { by: ANNA });
    refused.socket(request('/api/v1/runs/live/results?token=kg_secret'), stranger);
    refused.socket(request('/x'.repeat(500)), new ForbiddenError({ needed: 'ingest', held: ['view'] }));
    expect(events()).toMatchObject([
      { target: '/x'.repeat(100), status: 403, by: { kind: 'token', tokenId: 't1', name: 'ci' }, outcome: 'refused' },
      {
        target: '/api/v1/runs/live/results',
        status: 401,
        by: { kind: 'unknown' },
        from,
        detail: { method: 'GET', code: 'SERVER_UNAUTHORIZED' },
      },
    ]);
    expect(JSON.stringify(events())).not.toContain('kg_secret');
  });

  it('leaves one event a minute of an address and a reason, however many come', async () => {
    kept.library.put('hands', titled('A'), { by: ANNA });
    const ask = (): void => {
      refused.socket(request('/'), stranger);
    };
    ask();
    await clock.advance(59_999);
    ask();
    expect(events()).toHaveLength(1);
    refused.socket(request('/'), new HostNotAllowedError({ host: 'evil.example' }));
    from = '10.0.0.8';
    ask();
    expect(events()).toHaveLength(3);
    from = '10.0.0.7';
    await clock.advance(1);
    ask();
    ask();
    expect(events()).toHaveLength(4);
  });

  it('leaves none where too many addresses ask within a minute', async () => {
    kept.library.put('hands', titled('A'), { by: ANNA });
    kept.store.transaction(() => {
      for (let address = 0; address < 1500; address += 1) {
        from = `10.1.${address >> 8}.${address & 255}`;
        refused.socket(request('/'), stranger);
      }
    });
    expect(events()).toHaveLength(1000);
    await clock.advance(60_000);
    refused.socket(request('/'), stranger);
    expect(events()).toHaveLength(1001);
  });
});
