import { FEATURES_1 } from '@kinegraph/plugin-sign-classifier/features';

/** What brings each channel of features to mean 0 and deviation 1. */
export interface ChannelStatistics {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** Over all moments of all windows; channels that hardly vary keep their scale. */
export function channelStatistics(windows: readonly Float32Array[]): ChannelStatistics {
  const sums = new Float64Array(FEATURES_1);
  const squares = new Float64Array(FEATURES_1);
  let rows = 0;
  for (const window of windows) {
    for (let at = 0; at < window.length; at += 1) {
      const value = window[at] ?? 0;
      const channel = at % FEATURES_1;
      sums[channel] = (sums[channel] ?? 0) + value;
      squares[channel] = (squares[channel] ?? 0) + value * value;
    }
    rows += window.length / FEATURES_1;
  }
  const mean = Array.from(sums, (sum) => Math.fround(sum / rows));
  const deviation = Array.from(squares, (square, channel) =>
    Math.fround(Math.max(0.05, Math.sqrt(Math.max(0, square / rows - (mean[channel] ?? 0) ** 2)))),
  );
  return { mean, deviation };
}
