/** How far joints are from where they should be. */
export interface JointErrors {
  /** Mean distance in millimetres. */
  readonly meanMm: number;
  /** The same after each answer was scaled to fit best. */
  readonly scaledMm: number;
}

/**
 * Mean per-joint position error, as it stands and after the best scale for each sample.
 * @param answers - [samples, points * 3] in metres from the root
 */
export function jointErrors(answers: Float32Array, truth: Float32Array, width: number): JointErrors {
  const samples = truth.length / width;
  let [mean, scaled] = [0, 0];
  for (let sample = 0; sample < samples; sample += 1) {
    const answer = answers.subarray(sample * width, (sample + 1) * width);
    const wanted = truth.subarray(sample * width, (sample + 1) * width);
    mean += distance(answer, wanted, 1);
    scaled += distance(answer, wanted, bestScale(answer, wanted));
  }
  return { meanMm: (mean / samples) * 1000, scaledMm: (scaled / samples) * 1000 };
}

function bestScale(answer: Float32Array, wanted: Float32Array): number {
  let [along, squares] = [0, 0];
  for (let at = 0; at < wanted.length; at += 1) {
    along += (answer[at] ?? 0) * (wanted[at] ?? 0);
    squares += (answer[at] ?? 0) ** 2;
  }
  return squares > 0 ? along / squares : 1;
}

function distance(answer: Float32Array, wanted: Float32Array, scale: number): number {
  let sum = 0;
  for (let at = 0; at < wanted.length; at += 3) {
    sum += Math.hypot(
      scale * (answer[at] ?? 0) - (wanted[at] ?? 0),
      scale * (answer[at + 1] ?? 0) - (wanted[at + 1] ?? 0),
      scale * (answer[at + 2] ?? 0) - (wanted[at + 2] ?? 0),
    );
  }
  return (sum * 3) / wanted.length;
}

/** The mean of rows, for every sample: the best answer that looks at nothing. */
export function constantAnswers(mean: Float32Array, samples: number): Float32Array {
  const answers = new Float32Array(mean.length * samples);
  for (let sample = 0; sample < samples; sample += 1) answers.set(mean, sample * mean.length);
  return answers;
}

/** The mean row. */
export function meanRow(rows: Float32Array, width: number): Float32Array {
  const mean = new Float64Array(width);
  for (let at = 0; at < rows.length; at += 1) mean[at % width] = (mean[at % width] ?? 0) + (rows[at] ?? 0);
  return Float32Array.from(mean, (sum) => (sum * width) / rows.length);
}
