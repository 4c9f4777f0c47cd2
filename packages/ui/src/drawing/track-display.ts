import { interpolateLandmarks } from '@kinegraph/core';
import type { Landmarks, TimedLandmarks, TrackedLandmarks } from '@kinegraph/core';

/** A track as it is to be drawn at one time. */
export interface DisplayedTrack extends TrackedLandmarks {
  /** 0-1; less than 1 while the track comes or goes. */
  readonly opacity: number;
}

/** A track comes and goes within this. */
export const FADE_MS = 150;
/** Between results that lie farther apart, nothing is known, and nothing shown. */
export const LONGEST_GAP_MS = 500;
/** A track stays for at least and at most so long beyond the last result; in between, one and a half intervals. */
const HOLD_MS = { least: 60, most: 250 } as const;

/** Tracks at a time between two results: see interpolateLandmarks; a track that only one of them has fades. */
export function tracksBetween(before: TimedLandmarks, after: TimedLandmarks, timeMs: number): DisplayedTrack[] {
  const sinceMs = timeMs - before.timestampMs;
  const untilMs = after.timestampMs - timeMs;
  if (sinceMs + untilMs > LONGEST_GAP_MS) {
    return [
      ...faded(before.value.tracks, leaving(sinceMs - HOLD_MS.most)),
      ...faded(after.value.tracks, leaving(untilMs)),
    ];
  }
  const earlier = identities(before.value);
  const later = identities(after.value);
  const stays = (track: TrackedLandmarks): boolean => earlier.has(identityOf(track)) && later.has(identityOf(track));
  // Shares of the way, not milliseconds: that function gives up on motion at gaps that are drawn here yet.
  const share = sinceMs / (sinceMs + untilMs);
  const both = interpolateLandmarks(kept(0, before.value, stays), kept(1, after.value, stays), share);
  return [
    ...faded(both.tracks, 1),
    ...faded(
      before.value.tracks.filter((track) => !stays(track)),
      leaving(sinceMs),
    ),
    ...faded(
      after.value.tracks.filter((track) => !stays(track)),
      leaving(untilMs),
    ),
  ];
}

/**
 * Tracks at a time after the last result: they stay where they were for a moment, since the next may be on its way, and
 * then fade rather than freeze.
 *
 * @param intervalMs - Between the last two results; undefined where there was one only.
 */
export function tracksBeyond(last: TimedLandmarks, intervalMs: number | undefined, timeMs: number): DisplayedTrack[] {
  const holdMs = Math.min(HOLD_MS.most, Math.max(HOLD_MS.least, 1.5 * (intervalMs ?? HOLD_MS.most)));
  return faded(last.value.tracks, leaving(timeMs - last.timestampMs - holdMs));
}

/** The identity of a track within a run. */
export function identityOf({ skeleton, trackId }: TrackedLandmarks): string {
  return `${skeleton}/${trackId}`;
}

/** Opacity so long after, or before, a track was last seen. */
function leaving(byMs: number): number {
  return Math.min(1, Math.max(0, 1 - byMs / FADE_MS));
}

function faded(tracks: readonly TrackedLandmarks[], opacity: number): DisplayedTrack[] {
  return opacity > 0 ? tracks.map((track) => ({ ...track, opacity })) : [];
}

function identities({ tracks }: Landmarks): ReadonlySet<string> {
  return new Set(tracks.map((track) => identityOf(track)));
}

function kept(timestampMs: number, value: Landmarks, stays: (track: TrackedLandmarks) => boolean): TimedLandmarks {
  return { timestampMs, value: { ...value, tracks: value.tracks.filter((track) => stays(track)) } };
}
