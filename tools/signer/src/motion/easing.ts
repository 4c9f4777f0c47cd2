/**
 * The path of least jerk from 0 to 1: how an unhurried hand speeds up and slows down (Flash and Hogan, 1985).
 * @param share - of the time, cut to 0-1.
 */
export function minimumJerk(share: number): number {
  const t = Math.max(0, Math.min(1, share));
  return t * t * t * (10 + t * (6 * t - 15));
}

/** Rises from 0 at the start to 1 within `edge`, stays, and falls to 0 at the end: opens and closes a movement softly. */
export function window(share: number, edge = 0.2): number {
  return minimumJerk(share / edge) * minimumJerk((1 - share) / edge);
}
