import { valuePacket } from '../../kinds/index.js';
import type { PacketWindow, ValuePacket } from '../../kinds/index.js';
import { resampleLandmarks, sampleMs } from '../../vision/index.js';
import type {
  Landmarks,
  ResampledLandmarks,
  SampleGrid,
  TimedLandmarkArray,
  TrackedLandmarks,
} from '../../vision/index.js';
import { WindowSnapshot } from './window-snapshot.js';

/** With fewer moments at which a track was seen, nothing can be told of how it moved. */
const MIN_SEEN = 3;

interface Sighting {
  readonly timestampMs: number;
  readonly track: TrackedLandmarks;
}

/**
 * Packets of landmarks put on even moments, each track by itself; a track that is absent from a packet was not seen then.
 * Scores and handedness are those of the nearest sighting, the frame's size that of the newest packet.
 *
 * @param packets - in order of time.
 * @returns undefined where no track was seen at 3 moments or more
 */
export function resampleWindow(
  packets: readonly ValuePacket<Landmarks>[],
  { spanMs, count, maxGapMs }: Omit<SampleGrid, 'endMs'>,
): PacketWindow<Landmarks> | undefined {
  const newest = packets.at(-1);
  if (newest === undefined) return undefined;
  const { frameWidth, frameHeight } = newest.value;
  const grid: SampleGrid = { endMs: newest.timestampMs, spanMs, count, maxGapMs };
  const moments = Array.from({ length: count }, (_, index) => sampleMs(grid, index));
  const tracks: TrackedLandmarks[][] = moments.map(() => []);
  let hasAny = false;
  for (const sightings of byTrack(packets)) {
    const image = resampleLandmarks(sightings.map(timed('image')), grid);
    if (image.seenCount < MIN_SEEN) continue;
    hasAny = true;
    const world = resampleLandmarks(
      sightings.filter(({ track }) => track.world !== undefined).map(timed('world')),
      grid,
    );
    let at = 0;
    for (const [index, momentMs] of moments.entries()) {
      at = nearestFrom(at, sightings, momentMs);
      const nearest = sightings[at]?.track;
      const place = rowOf(image, index, count);
      if (nearest === undefined || place === undefined) continue;
      const { world: _, ...rest } = nearest;
      const inMetres = rowOf(world, index, count);
      tracks[index]?.push({ ...rest, image: place, ...(inMetres === undefined ? {} : { world: inMetres }) });
    }
  }
  if (!hasAny) return undefined;
  return new WindowSnapshot(
    moments.map((momentMs, index) =>
      valuePacket(momentMs, newest.trace, { frameWidth, frameHeight, tracks: tracks[index] ?? [] }),
    ),
  );
}

/** The sightings of each track of each skeleton, in order of time. */
function byTrack(packets: readonly ValuePacket<Landmarks>[]): Iterable<Sighting[]> {
  const sightings = new Map<string, Sighting[]>();
  for (const { timestampMs, value } of packets) {
    for (const track of value.tracks) {
      const identity = `${track.trackId} ${track.skeleton}`;
      const known = sightings.get(identity);
      if (known === undefined) sightings.set(identity, [{ timestampMs, track }]);
      else known.push({ timestampMs, track });
    }
  }
  return sightings.values();
}

function timed(which: 'image' | 'world') {
  return ({ timestampMs, track }: Sighting): TimedLandmarkArray => ({
    timestampMs,
    landmarks: track[which] ?? new Float32Array(0),
  });
}

/** The index of the sighting nearest to a moment, of those from `at` on. */
function nearestFrom(at: number, sightings: readonly Sighting[], momentMs: number): number {
  const away = (index: number): number => Math.abs((sightings[index]?.timestampMs ?? Infinity) - momentMs);
  let nearest = at;
  while (away(nearest + 1) <= away(nearest) && nearest + 1 < sightings.length) nearest += 1;
  return nearest;
}

/** What is known of a moment: a view of all that is known, which no one changes. */
function rowOf({ values, seen }: ResampledLandmarks, index: number, count: number): Float32Array | undefined {
  if (seen[index] !== 1) return undefined;
  const size = values.length / count;
  return values.subarray(index * size, (index + 1) * size);
}
