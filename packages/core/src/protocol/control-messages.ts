import { z } from 'zod';

/**
 * Asks for the other side's clock; either side may. The answer repeats `id` and `sentMs`, so that the one who asked can
 * tell how long it took.
 */
export const PingMessage = z.strictObject({
  type: z.literal('ping'),
  id: z.int().min(0).max(0xffff_ffff),
  /** The asker's clock, in milliseconds. */
  sentMs: z.number(),
});
export type PingMessage = z.infer<typeof PingMessage>;

export const PongMessage = z.strictObject({
  type: z.literal('pong'),
  id: z.int().min(0).max(0xffff_ffff),
  sentMs: z.number(),
  /** The answerer's clock, in milliseconds. */
  clockMs: z.number(),
});
export type PongMessage = z.infer<typeof PongMessage>;

/** Text messages that a client may send, on the ingest and on the results socket. */
export const ClientMessage = z.discriminatedUnion('type', [PingMessage, PongMessage]);
export type ClientMessage = z.infer<typeof ClientMessage>;

/** The first message of the ingest socket. */
export interface WelcomeMessage {
  readonly type: 'welcome';
  readonly run: string;
  /** The source node that frames or landmarks go to. */
  readonly source: string;
  /** Which of them it takes; the others are refused. */
  readonly takes: 'frames' | 'landmarks';
  /** A message of more bytes closes the connection with 1009. */
  readonly maxMessageBytes: number;
  /** A picture of more pixels is refused. */
  readonly maxPixels: number;
}

/** Sending more frames a second than this brings no further result. A sender may ignore it: what is too much is dropped. */
export interface RateMessage {
  readonly type: 'rate';
  readonly framesPerSecond: number;
}

/** Something that was sent could not be used; the connection stays. */
export interface ErrorMessage {
  readonly type: 'error';
  readonly code: string;
  readonly message: string;
  /** Of the frame, where it has one. */
  readonly sequence?: number;
}

/** The viewer was too slow for this many results since the last such message; it got the newest instead. */
export interface MissedMessage {
  readonly type: 'missed';
  readonly count: number;
}

/** What the ingest socket sends as text. */
export type IngestServerMessage = WelcomeMessage | RateMessage | ErrorMessage | PingMessage | PongMessage;
