import { beforeEach, describe, expect, it } from 'vitest';
import { StaticSkeletonCatalog } from '../../../kinds/index.js';
import type { ProcessInfo } from '../../../kinds/index.js';
import { aHand, landmarksOf, nodeOf, createTestRun, peopleScene, sinkInto, sourceOf } from '../../../testing/index.js';
import type { Collected, SceneFrame, ScenePerson } from '../../../testing/index.js';
import { coreSkeletons } from '../../../vision/index.js';
import type { Landmarks, TrackedLandmarks } from '../../../vision/index.js';
import { builtInNodes } from '../../index.js';
import { Tracker, TrackerConfig } from './tracker.js';

let tracker: Tracker;
beforeEach(() => {
  tracker = new Tracker(TrackerConfig.parse({}), new StaticSkeletonCatalog(coreSkeletons));
});
const info = (timestampMs: number): ProcessInfo => ({ timestampMs }) as ProcessInfo; // all that it looks at

const walker = (id: number, speed: number): ScenePerson => ({
  id,
  heightPx: 200,
  centre: (timestampMs) => ({ x: 640 + (speed * (timestampMs - 2000)) / 1000, y: 300 + 20 * id }),
});
const scene = (seconds = 2): SceneFrame[] => [...peopleScene({ people: [walker(1, 200), walker(2, -200)], seconds })];

describe('core.transform.tracker', () => {
  it('gives landmarks and boxes back as they came, in step, with one lasting trackId for each', () => {
    const idOf = new Map<number | undefined, Set<number>>();
    for (const { landmarks, boxes, truth, timestampMs } of scene()) {
      const { out, boxes: followed } = tracker.transform({ in: landmarks, boxes }, info(timestampMs));
      expect(out.tracks).toEqual(
        landmarks.tracks.map((track, index) => ({ ...track, trackId: out.tracks[index]?.trackId })),
      );
      expect(out.tracks[0]?.image).toBe(landmarks.tracks[0]?.image);
      expect(followed.detections.map(({ trackId }) => trackId)).toEqual(out.tracks.map(({ trackId }) => trackId));
      expect(followed.detections.map(({ box }) => box)).toEqual(boxes.detections.map(({ box }) => box));
      for (const [index, person] of truth.entries()) {
        const ids = idOf.get(person) ?? new Set<number>();
        idOf.set(person, ids.add(out.tracks[index]?.trackId ?? Number.NaN));
      }
    }
    expect([...idOf.values()].map((ids) => [...ids]).toSorted(([a = 0], [b = 0]) => a - b)).toEqual([[1], [2]]);
  });

  it.each([
    ['none are wired', undefined],
    ['there are not as many', 1],
  ])('draws boxes around the points where %s', (_what, count) => {
    const [first] = scene(0.1);
    if (first === undefined) throw new Error('The scene has no frames.');
    const boxes = { ...first.boxes, detections: first.boxes.detections.slice(0, count) };
    const inputs = count === undefined ? { in: first.landmarks } : { in: first.landmarks, boxes };
    const { out, boxes: drawn } = tracker.transform(inputs, info(first.timestampMs));
    expect(drawn).toMatchObject({ frameWidth: 1280, frameHeight: 720 });
    expect(drawn.detections.map(({ label, trackId }) => [label, trackId])).toEqual(
      out.tracks.map(({ trackId }) => ['coco-17', trackId]),
    );
    for (const [index, { box }] of drawn.detections.entries()) {
      const xs = Array.from({ length: 17 }, (_, point) => 1280 * (out.tracks[index]?.image[4 * point] ?? 0));
      expect(box.x).toBeCloseTo(Math.min(...xs), 3);
      expect(box.width).toBeCloseTo(Math.max(...xs) - Math.min(...xs), 3);
    }
  });

  it('follows two hands that wave, whatever the detector numbers them', () => {
    const agile = new Tracker(TrackerConfig.parse({ agility: 5 }), new StaticSkeletonCatalog(coreSkeletons));
    const ids = { left: new Set<number>(), right: new Set<number>() };
    for (let frame = 0; frame < 90; frame += 1) {
      const wave = 0.12 * Math.sin((frame / 30) * 2 * Math.PI * 1.5);
      const hand = (side: 'left' | 'right', x: number): TrackedLandmarks =>
        aHand({ trackId: 2 * frame, handedness: side, centre: [x + wave, 0.6], size: 0.25 });
      const pair = [hand('left', 0.35), hand('right', 0.65)];
      const landmarks = landmarksOf(...(frame % 2 === 0 ? pair : pair.toReversed()));
      for (const { handedness = 'left', trackId } of agile.transform({ in: landmarks }, info((frame * 1000) / 30)).out
        .tracks)
        ids[handedness].add(trackId);
    }
    expect([ids.left.size, ids.right.size]).toEqual([1, 1]);
    expect(ids.left).not.toEqual(ids.right);
  });

  it('takes other values over while it runs, and goes on with its tracks', () => {
    const frames = scene(1);
    const idsOf = ({ landmarks, boxes, timestampMs }: SceneFrame): number[] =>
      tracker.transform({ in: landmarks, boxes }, info(timestampMs)).out.tracks.map(({ trackId }) => trackId);
    for (const frame of frames.slice(0, 10)) idsOf(frame);
    expect(tracker.reconfigure(TrackerConfig.parse({ highScore: 1, lowScore: 0.99 }))).toBe(true);
    for (const frame of frames.slice(10, 15)) expect(idsOf(frame)).toEqual([]);
    tracker.reconfigure(TrackerConfig.parse({}));
    expect(idsOf(frames[15] as SceneFrame).toSorted((a, b) => a - b)).toEqual([1, 2]); // 30 frames were made
  });

  it('runs as a node: what comes in at two ports goes out at two', async () => {
    const got: Collected<Landmarks>[] = [];
    const node = builtInNodes.find(({ type }) => type === 'core.transform.tracker');
    if (node === undefined) throw new Error('There is no such node type.');
    const frames = scene(0.5);
    const pick = (key: 'landmarks' | 'boxes') =>
      nodeOf(() => ({ transform: (frame: SceneFrame & { sequence: number }) => frame[key] }));
    const { finish } = createTestRun({
      nodes: {
        scene: {
          kind: 'source',
          nodeClass: sourceOf(
            frames.map((frame, sequence) => ({ ...frame, sequence, capturedAtMs: frame.timestampMs })),
          ),
        },
        people: { kind: 'transform', nodeClass: pick('landmarks') },
        boxes: { kind: 'transform', nodeClass: pick('boxes') },
        tracker: {
          kind: 'transform',
          nodeClass: node.nodeClass,
          inputs: Object.keys(node.inputs),
          outputs: { out: 'landmarks/*', boxes: 'detections' },
          config: TrackerConfig.parse({}),
        },
        out: { kind: 'sink', nodeClass: sinkInto(got) },
      },
      wires: [
        ['scene.out', 'people.in'],
        ['scene.out', 'boxes.in'],
        ['people.out', 'tracker.in'],
        ['boxes.out', 'tracker.boxes'],
        ['tracker.out', 'out.in'],
      ],
    });
    expect(await finish()).toMatchObject({ result: 'completed' });
    expect(got).toHaveLength(frames.length);
    for (const { value } of got)
      expect(value.tracks.map(({ trackId }) => trackId).toSorted((a, b) => a - b)).toEqual([1, 2]);
  });
});
