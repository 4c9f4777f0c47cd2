import { CLOSE_CODES } from '@kinegraph/core/protocol';

/** Why a connection ended: the name of a close code, or what this side saw. */
export type CloseReason =
  | keyof typeof CLOSE_CODES
  /** `close()` was called, or the signal fired. */
  | 'closedHere'
  /** The line broke, or nobody answered at the address. */
  | 'lost'
  /** The line stands, and the other side has said nothing for too long. */
  | 'silent';

/** How a connection ended. */
export interface CloseCause {
  readonly reason: CloseReason;
  /** The WebSocket's close code; 1006 where there was none. */
  readonly code: number;
  /** What the other side said about it; may be empty. */
  readonly text: string;
}

/** Where a connection is. Each state but `closed` can be left for any other; `closed` is the last. */
export type ConnectionState =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  /** Waits to try again. */
  | { readonly state: 'reconnecting'; readonly attempt: number; readonly inMs: number; readonly cause: CloseCause }
  | { readonly state: 'closed'; readonly cause: CloseCause };

const REASONS = new Map<number, CloseReason>(
  Object.entries(CLOSE_CODES).map(([reason, code]) => [code, reason as keyof typeof CLOSE_CODES]), // keys of it
);

/** Closed like this, the same would follow from another try: somebody has to do something first. */
const FINAL: ReadonlySet<CloseReason> = new Set<CloseReason>([
  'messageTooLarge',
  'badMessage',
  'unauthorized',
  'forbidden',
  'runEnded',
  'replaced',
  'closedHere',
]);

/** The cause behind a close event of a socket. */
export function closeCause(code: number, text: string): CloseCause {
  return { reason: REASONS.get(code) ?? 'lost', code, text };
}

/** Whether to leave it at that, rather than to try again. */
export function isFinal({ reason }: CloseCause): boolean {
  return FINAL.has(reason);
}
