import { Buffer } from 'node:buffer';
import { KinegraphError } from '@kinegraph/core';
import { z } from 'zod';
import type { PoseFrameTag } from './pose-result.js';

/** The event `frame` as the published front ends send it; what else they send is left alone. */
const FrameEvent = z.object({
  image: z.union([z.string().min(1), z.instanceof(Uint8Array)]),
  sequence: z.union([z.number(), z.string().max(100), z.null()]).default(0),
  use3D: z.boolean().default(true),
});

/** An event of the Socket.IO gateway is not what it has to be. */
export class FrameEventError extends KinegraphError {
  override readonly name = 'FrameEventError';
  readonly code = 'SERVER_FRAME_EVENT';
  constructor(override readonly data: { fault: string }) {
    super(
      `The event "frame" cannot be used: ${data.fault}. Send {"image": base64 of a JPEG, "timestamp": ms, "sequence": number}.`,
    );
  }
}

/** The picture of an event and what its client calls it. @throws FrameEventError */
export function readFrameEvent(event: unknown): { readonly image: Uint8Array; readonly tag: PoseFrameTag } {
  const parsed = FrameEvent.safeParse(event);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue === undefined || issue.path.length === 0 ? '' : `"${issue.path.join('.')}": `;
    throw new FrameEventError({ fault: `${place}${issue?.message ?? 'it is at fault'}` });
  }
  const { image, sequence, use3D } = parsed.data;
  return { image: typeof image === 'string' ? fromBase64(image) : image, tag: { sequence, use3D } };
}

/** With or without the "data:image/jpeg;base64," of a canvas before it. */
function fromBase64(text: string): Uint8Array {
  const comma = text.startsWith('data:') ? text.indexOf(',') : -1;
  return Buffer.from(comma === -1 ? text : text.slice(comma + 1), 'base64');
}
