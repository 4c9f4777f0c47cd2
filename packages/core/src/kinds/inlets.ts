import { serviceId } from '../base/index.js';
import type { LayoutSkeleton } from '../protocol/index.js';
import type { Frame, Landmarks } from '../vision/index.js';
import type { StreamItem } from './stream-item.js';

/** What clients can send to a source, by the words of `takes` in manifests. */
export interface InletItems {
  frames: Frame;
  landmarks: StreamItem<Landmarks>;
}
export const INLET_KINDS = ['frames', 'landmarks'] as const satisfies readonly (keyof InletItems)[];
export type InletKind = (typeof INLET_KINDS)[number];

/** Takes what clients send to one source. */
export interface InletReceiver<Kind extends InletKind> {
  readonly takes: Kind;
  /**
   * Takes over the item. The newest wins: one that nobody has taken yet is closed and counted as dropped.
   * @param clockOffsetMs - what to add to the item's `capturedAtMs` to get the run's clock.
   */
  push(item: InletItems[Kind], clockOffsetMs: number): void;
  /** Who sends has come, or has gone. */
  connected(isConnected: boolean): void;
  /** False once the source has closed: a source of its name may be open in its place. */
  readonly isOpen: boolean;
}

/** Takes the frames of one source. */
export type FrameReceiver = InletReceiver<'frames'>;

/** Takes the landmarks of one source. */
export interface LandmarksReceiver extends InletReceiver<'landmarks'> {
  /** The only one it takes; a `trackId` of 0 stands for a track without an identity. */
  readonly skeleton: LayoutSkeleton;
}

/** The open end of a source that clients send to. */
export type Inlet = FrameReceiver | LandmarksReceiver;

/** Where comes in what the embedding program brings: the other end of sources that declare `takes`. */
export interface Inlets {
  /** A source is open from now on, until the answer is disposed of. */
  open(runId: string, node: string, inlet: Inlet): Disposable;
  /** Undefined while there is no such source. */
  find(runId: string, node: string): Inlet | undefined;
}
export const Inlets = serviceId<Inlets>('core.Inlets');
