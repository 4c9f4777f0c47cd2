import { LANDMARK_STRIDE, pose33 } from '@kinegraph/core';
import type { LandmarkArray, ResolvedGraph, TrackedAngles, TrackedLandmarks } from '@kinegraph/core';
import type { ResultMessage } from '@kinegraph/core/protocol';
import { findInResults } from '../found-in-results.js';
import type { SentFrame } from '../gateway-session.js';

/** What a client says of a frame. */
export interface PoseFrameTag {
  /** Given back as it came. */
  readonly sequence: unknown;
  /** False: angles and coordinates are left empty. */
  readonly use3D: boolean;
}

/** A point of the body, in pixels of the picture that was sent. */
export interface BodyPoint {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  /** 0-100. */
  readonly confidence: number;
  readonly visible: boolean;
}

/** A point of a hand, in pixels of the picture that was sent and as fractions of it. */
export interface HandPoint {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly normalized_x: number;
  readonly normalized_y: number;
}

/** The event `pose_result`, as the published front ends read it. */
export interface PoseResult {
  readonly body: readonly BodyPoint[];
  readonly hands: { readonly left: readonly HandPoint[]; readonly right: readonly HandPoint[] };
  /** Degrees by joint. */
  readonly pose_3d_angles: Readonly<Record<string, number>>;
  /** Metres by joint, from the middle of the hips. */
  readonly pose_3d_coords: Readonly<Record<string, { x: number; y: number; z: number }>>;
  /** Milliseconds by stage. */
  readonly timings: Readonly<Record<string, number>>;
  /** Frames dropped since the result before. */
  readonly dropped: number;
  readonly sequence: unknown;
  readonly mode: '2D' | '3D';
}

/** The 17 points of the body that the protocol knows, as places in pose-33. */
const BODY_POINTS = [0, 2, 5, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28] as const;
/** The joints whose coordinates it wants. */
const COORDINATES = [11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28] as const;
const HAND_NAMES = [
  'wrist',
  ...['cmc', 'mcp', 'ip', 'tip'].map((joint) => `thumb_${joint}`),
  ...['index', 'middle', 'ring', 'pinky'].flatMap((finger) =>
    ['mcp', 'pip', 'dip', 'tip'].map((joint) => `${finger}_${joint}`),
  ),
];
const VISIBLE_FROM = 0.3;

/** Says a result in the protocol's own words. `nowMs` and the frame's times are on the server's clock. */
export function poseResult(
  message: ResultMessage,
  frame: SentFrame<PoseFrameTag>,
  graph: ResolvedGraph,
  nowMs: number,
): PoseResult {
  const { body, hands, bodyAngles } = findInResults(message.values);
  const { use3D, sequence } = frame.tag;
  return {
    body: body === undefined ? [] : BODY_POINTS.map((point) => bodyPoint(body.image, point, frame)),
    hands: { left: handPoints(hands.left, frame), right: handPoints(hands.right, frame) },
    pose_3d_angles: use3D ? anglesOf(bodyAngles) : {},
    pose_3d_coords: use3D ? coordinatesOf(body) : {},
    timings: { ...timingsOf(message.stages, graph), total_backend: rounded(nowMs - frame.receivedMs, 2) },
    dropped: message.dropped,
    sequence,
    mode: use3D ? '3D' : '2D',
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function bodyPoint(image: LandmarkArray, point: number, { width, height }: Size): BodyPoint {
  const [x, y, , visibility] = row(image, point);
  return {
    name: snakeCase(pose33.points[point] ?? ''),
    x: rounded(x * width, 1),
    y: rounded(y * height, 1),
    confidence: Math.round(visibility * 100),
    visible: visibility > VISIBLE_FROM,
  };
}

function handPoints(hand: TrackedLandmarks | undefined, { width, height }: Size): readonly HandPoint[] {
  if (hand === undefined) return [];
  return HAND_NAMES.map((name, point) => {
    const [x, y, z] = row(hand.image, point);
    return {
      name,
      x: rounded(x * width, 1),
      y: rounded(y * height, 1),
      z: rounded(z, 3),
      normalized_x: rounded(x, 3),
      normalized_y: rounded(y, 3),
    };
  });
}

function anglesOf(angles: TrackedAngles | undefined): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(angles?.degrees ?? {}).map(([joint, degrees]) => [snakeCase(joint), rounded(degrees, 1)]),
  );
}

function coordinatesOf(body: TrackedLandmarks | undefined): PoseResult['pose_3d_coords'] {
  const world = body?.world;
  if (world === undefined) return {};
  return Object.fromEntries(
    COORDINATES.map((point) => {
      const [x, y, z] = row(world, point);
      return [snakeCase(pose33.points[point] ?? ''), { x: rounded(x, 3), y: rounded(y, 3), z: rounded(z, 3) }];
    }),
  );
}

/** The protocol's stages, by what the nodes of the graph are; reducing is a part of decoding here. */
function timingsOf(stages: ResultMessage['stages'], graph: ResolvedGraph): Record<string, number> {
  const timings: Record<string, number> = {
    image_decode: 0,
    downscale: 0,
    pose_detection: 0,
    hand_detection: 0,
    '3d_calculation': 0,
    smoothing: 0,
  };
  for (const { name, descriptor } of graph.nodes) {
    const stage = stageOf(descriptor);
    if (stage !== undefined) timings[stage] = rounded((timings[stage] ?? 0) + (stages[name] ?? 0), 2);
  }
  return timings;
}

function stageOf({ type, kind, outputs }: ResolvedGraph['nodes'][number]['descriptor']): string | undefined {
  if (type === 'core.transform.decode') return 'image_decode';
  if (type === 'core.transform.joint-angles') return '3d_calculation';
  if (kind === 'smoother') return 'smoothing';
  if (kind !== 'extractor') return undefined;
  const types = Object.values(outputs).map((port) => port.type);
  if (types.includes(`landmarks/${pose33.id}`)) return 'pose_detection';
  return types.some((portType) => portType.startsWith('landmarks/hand')) ? 'hand_detection' : undefined;
}

function row(landmarks: LandmarkArray, point: number): [x: number, y: number, z: number, visibility: number] {
  const at = point * LANDMARK_STRIDE;
  const value = (offset: number): number => {
    const number = landmarks[at + offset] ?? 0;
    return Number.isFinite(number) ? number : 0;
  };
  return [value(0), value(1), value(2), value(3)];
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function rounded(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
