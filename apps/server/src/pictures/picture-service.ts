import { randomBytes } from 'node:crypto';
import type { EncodedImage, PreviewOptions } from '@kinegraph/core';
import type { LiveRun } from '../runs/live-run.js';
import { NodeUnknownInRunError, PictureNoneError } from './picture-errors.js';

/** Picture ids begin anew with each process; tags must not. */
const PROCESS_TAG = randomBytes(4).toString('hex');

/** What tells a node's newest picture from all others, as an HTTP entity tag. @throws NodeUnknownInRunError, PictureNoneError */
export function pictureTag(live: LiveRun, node: string, { quality, shortSide }: PreviewOptions): string {
  const id = live.pictures.pictureId(node);
  if (id === undefined) throw noPicture(live, node);
  return `"${PROCESS_TAG}-${id}-${quality}-${shortSide ?? 'full'}"`;
}

/**
 * The newest picture of a node as JPEG, encoded once for each quality and size however many ask.
 * @throws NodeUnknownInRunError, PictureNoneError, ImageError - code `IMAGE_*`
 */
export async function newestPicture(live: LiveRun, node: string, options: PreviewOptions): Promise<EncodedImage> {
  const shown = live.pictures.newest(node);
  if (shown === undefined) throw noPicture(live, node);
  using frame = shown.frame;
  const image = live.run.previews?.get(shown.source, frame, options);
  if (image === undefined) throw noPicture(live, node); // a platform without an encoder
  return await image;
}

function noPicture(live: LiveRun, node: string): NodeUnknownInRunError | PictureNoneError {
  const nodes = live.run.graph.nodes.map(({ name }) => name);
  return nodes.includes(node)
    ? new PictureNoneError({ run: live.id, node })
    : new NodeUnknownInRunError({ run: live.id, node, nodes });
}
