import { FEATURES_1, SIGNFEAT_1, WINDOW_FRAMES } from '../../features/index.js';

/** The features that statistics are made of: all but the mask of gaps, which is the last. */
export const STATISTICS_OF = SIGNFEAT_1.seen;
/** Mean, deviation, least and most over the time of a window, one block after the other. */
export const STATISTICS = STATISTICS_OF * 4;

/**
 * What the features of windows are over their time.
 * @param features - shape [count, 30, 96]
 * @returns shape [count, 380]
 */
export function statisticsOf(features: Float32Array, count: number): Float32Array {
  const statistics = new Float32Array(count * STATISTICS);
  for (let window = 0; window < count; window += 1) {
    const from = window * WINDOW_FRAMES * FEATURES_1;
    const into = window * STATISTICS;
    for (let at = 0; at < STATISTICS_OF; at += 1) {
      let [sum, least, most] = [0, Infinity, -Infinity];
      for (let frame = 0; frame < WINDOW_FRAMES; frame += 1) {
        const value = features[from + frame * FEATURES_1 + at] ?? 0;
        sum += value;
        if (value < least) least = value;
        if (value > most) most = value;
      }
      const mean = sum / WINDOW_FRAMES;
      let squares = 0;
      for (let frame = 0; frame < WINDOW_FRAMES; frame += 1) {
        const away = (features[from + frame * FEATURES_1 + at] ?? 0) - mean;
        squares += away * away;
      }
      statistics[into + at] = mean;
      statistics[into + STATISTICS_OF + at] = Math.sqrt(squares / WINDOW_FRAMES);
      statistics[into + STATISTICS_OF * 2 + at] = least;
      statistics[into + STATISTICS_OF * 3 + at] = most;
    }
  }
  return statistics;
}
