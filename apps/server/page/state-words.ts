import type { CloseReason, ConnectionState } from '@kinegraph/ui';

const REASONS: Readonly<Partial<Record<CloseReason, string>>> = {
  closedHere: 'off',
  messageTooLarge: 'the server takes no pictures that large',
  unauthorized: 'the server asks for a token',
  forbidden: 'the token does not allow this',
  runEnded: 'the run has ended',
  replaced: 'taken over by another tab or program',
};

/** A connection's state in a few words. */
export function stateWords(state: ConnectionState | undefined): string {
  if (state === undefined) return 'off';
  if (state.state === 'reconnecting') return `tries again in ${(state.inMs / 1000).toFixed(1)} s`;
  if (state.state === 'closed') return REASONS[state.cause.reason] ?? (state.cause.text || 'closed');
  return state.state;
}
