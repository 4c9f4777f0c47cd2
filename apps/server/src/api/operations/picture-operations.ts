import { z } from 'zod';
import { PictureQuery } from '../../pictures/picture-query.js';
import { TraceQuery } from '../../traces/trace-query.js';
import { operation } from '../operation.js';

const RunPath = z.object({ run: z.string().meta({ description: 'The id of a run.' }) });
const NodePath = RunPath.extend({ node: z.string().meta({ description: 'The name of a node that gives frames.' }) });

const NO_PICTURE = [
  'SERVER_RUN_UNKNOWN',
  'SERVER_NODE_UNKNOWN',
  'SERVER_PICTURE_NONE',
  'SERVER_PICTURE_NEVER',
  'SERVER_OVERLAY_SINK',
  'IMAGE_BROKEN',
  'IMAGE_TRUNCATED',
  'IMAGE_TOO_LARGE',
] as const;

export const getSnapshot = operation({
  id: 'getSnapshot',
  method: 'get',
  path: '/api/v1/runs/{run}/nodes/{node}/snapshot.jpg',
  scope: 'view',
  tag: 'Pictures',
  summary: 'The newest picture of a node that gives frames.',
  description: 'Has an ETag; 304 where `If-None-Match` names it.',
  params: NodePath,
  query: PictureQuery,
  answer: { status: 200, description: 'A JPEG.', mediaType: 'image/jpeg' },
  errors: NO_PICTURE,
});

export const streamPictures = operation({
  id: 'streamPictures',
  method: 'get',
  path: '/api/v1/runs/{run}/nodes/{node}/stream.mjpg',
  scope: 'view',
  tag: 'Pictures',
  summary: 'The pictures of a node as Motion JPEG, as they come.',
  params: NodePath,
  query: PictureQuery,
  answer: { status: 200, description: 'JPEGs, one part each.', mediaType: 'multipart/x-mixed-replace' },
  errors: NO_PICTURE,
});

export const recordTrace = operation({
  id: 'recordTrace',
  method: 'get',
  path: '/api/v1/runs/{run}/trace',
  scope: 'view',
  tag: 'Runs',
  summary: 'What each node does for some seconds, for Perfetto (docs/traces.md).',
  params: RunPath,
  query: TraceQuery,
  answer: { status: 200, description: 'A trace of JSON events.', mediaType: 'application/json' },
  errors: ['SERVER_RUN_UNKNOWN', 'RUN_RECORDING_REFUSED'],
});
