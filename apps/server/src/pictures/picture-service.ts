import { randomBytes } from 'node:crypto';
import type { EncodedImage, Frame, PreviewOptions } from '@kinegraph/core';
import type { LiveRun } from '../runs/live-run.js';
import type { OverlaySinks } from '../overlays/overlays.js';
import { NoFramesError, NodeUnknownInRunError, OverlaySinkError, PictureNoneError } from './picture-errors.js';

/** Picture ids begin anew with each process; tags must not. */
const PROCESS_TAG = randomBytes(4).toString('hex');

/** How a node's newest picture is wanted. */
export interface PictureWish extends PreviewOptions {
  /** There where what was found is to be drawn over it. */
  readonly overlay?: { readonly sinks: OverlaySinks };
}

/** A node's newest picture, not yet encoded. */
export interface NodePicture {
  /** What tells it from all others, as an HTTP entity tag. */
  readonly tag: string;
  /**
   * A JPEG of it: the same one for all who ask for this quality and size; the bytes that came, where nothing has to change.
   * @throws ImageError - code `IMAGE_*`
   */
  readonly encode: () => Promise<EncodedImage>;
}

/**
 * The newest picture of a node. With an overlay it is the newest one whose landmarks are there; where none come, the plain
 * one. `encode` is to be called in the same turn, or not at all.
 * @throws NodeUnknownInRunError, NoFramesError, OverlaySinkError, PictureNoneError
 */
export async function nodePicture(live: LiveRun, node: string, wish: PictureWish): Promise<NodePicture> {
  checkSinks(live, wish.overlay?.sinks);
  if (!isThere(live, node)) throw noPicture(live, node);
  const { quality, shortSide, overlay } = wish;
  const size = shortSide === undefined ? {} : { shortSide };
  const drawn = overlay === undefined ? undefined : await live.overlays.newest(node, overlay.sinks, wish);
  if (drawn !== undefined) {
    return {
      tag: `"${PROCESS_TAG}-${drawn.key}-${quality}-drawn"`,
      encode: async () => {
        const picture = await drawn.draw();
        if (picture === undefined) throw noPicture(live, node);
        return await encodeAs(live, drawn.source, picture, { quality });
      },
    };
  }
  const id = live.pictures.pictureId(node);
  if (id === undefined) throw noPicture(live, node); // it has gone while landmarks were waited for
  return {
    tag: `"${PROCESS_TAG}-${id}-${quality}-${shortSide ?? 'full'}"`,
    encode: async () => {
      const shown = live.pictures.newest(node);
      if (shown === undefined) throw noPicture(live, node);
      using frame = shown.frame;
      return await encodeAs(live, shown.source, frame, { quality, ...size });
    },
  };
}

/** A frame as a picture, with what tells which frame it is. */
export interface FramePicture {
  /** The sender's own count. */
  readonly sequence: number;
  readonly capturedAtMs: number;
  /** A JPEG. */
  readonly bytes: Uint8Array;
}

/**
 * The newest frame of a node as a JPEG: the same one for all who ask for this quality and size.
 * @throws NodeUnknownInRunError, NoFramesError, PictureNoneError, ImageError
 */
export async function framePicture(
  live: LiveRun,
  node: string,
  wish: Omit<PictureWish, 'overlay'>,
): Promise<FramePicture> {
  const shown = isThere(live, node) ? live.pictures.newest(node) : undefined;
  if (shown === undefined) throw noPicture(live, node);
  using frame = shown.frame;
  const { sequence, capturedAtMs } = frame;
  const { bytes } = await encodeAs(live, shown.source, frame, wish);
  return { sequence, capturedAtMs, bytes };
}

/** Whether a node may come to have pictures, though there may be none now. @throws NodeUnknownInRunError, NoFramesError */
export function requireFrames(live: LiveRun, node: string): void {
  if (isThere(live, node)) return;
  const error = noPicture(live, node);
  if (!(error instanceof PictureNoneError)) throw error;
}

/** The graph may have changed since the newest frame: what it no longer has shows nothing, whatever it has shown. */
function isThere({ pictures, run }: LiveRun, node: string): boolean {
  const source = pictures.sourceOf(node);
  if (source === undefined) return false;
  return [node, source].every((name) => run.graph.nodes.some((one) => one.name === name));
}

async function encodeAs(live: LiveRun, source: string, frame: Frame, options: PreviewOptions): Promise<EncodedImage> {
  const image = live.run.previews?.get(source, frame, options);
  if (image === undefined) throw new Error('The platform has no encoder of pictures.');
  return await image;
}

function checkSinks({ id, run }: LiveRun, asked: OverlaySinks): void {
  if (asked === undefined) return;
  const sinks = run.graph.nodes.filter(({ descriptor }) => descriptor.kind === 'sink').map(({ name }) => name);
  const stranger = asked.find((name) => !sinks.includes(name));
  if (stranger !== undefined) throw new OverlaySinkError({ run: id, sink: stranger, sinks });
}

function noPicture(live: LiveRun, node: string): NodeUnknownInRunError | NoFramesError | PictureNoneError {
  const { nodes, wires } = live.run.graph;
  const names = nodes.map(({ name }) => name);
  if (!names.includes(node)) return new NodeUnknownInRunError({ run: live.id, node, nodes: names });
  const giving = names.filter((name) => wires.some(({ from, type }) => from.node === name && type === 'frame'));
  return giving.includes(node)
    ? new PictureNoneError({ run: live.id, node })
    : new NoFramesError({ run: live.id, node, nodes: giving });
}
