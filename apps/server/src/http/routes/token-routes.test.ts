import { expect, it } from 'vitest';
import { requireWithin } from './token-routes.js';

const SOON = '2030-01-01T00:00:00Z';
const LATER = '2030-01-02T00:00:00Z';

it.each([
  ['a scope that is not held', { scopes: ['view', 'admin'] }, { scopes: ['deploy'] }, undefined],
  ['ingest, which editors have not', { scopes: ['ingest'] }, { scopes: ['edit'] }, undefined],
  ['a later end', { scopes: ['view'], expiresAt: LATER }, { scopes: ['admin'] }, { expiresAt: SOON }],
  ['no end', { scopes: ['view'] }, { scopes: ['admin'] }, { expiresAt: SOON }],
] as const)('a token does not give %s', (_, wish, caller, own) => {
  expect(() => requireWithin(wish, caller, own)).toThrow('A token gives no more than who makes it has');
});

it('a token gives what its maker has, also for less long', () => {
  requireWithin({ scopes: ['view', 'edit'] }, { scopes: ['deploy'] }, {});
  requireWithin({ scopes: ['admin'], expiresAt: SOON }, { scopes: ['admin'] }, { expiresAt: LATER });
  requireWithin({ scopes: ['admin'] }, { scopes: ['admin'] }, undefined);
});
