import { injectable } from 'inversify';
import type { Transform } from '../../kinds/index.js';
import type { Landmarks } from '../../vision/index.js';

/** What the join is called with, by port. */
export interface JoinInputs {
  readonly a: Landmarks;
  readonly b: Landmarks;
  readonly c?: Landmarks;
  readonly d?: Landmarks;
}

/** Puts everything that several extractors found in the same frame into one value. The frame's size is that of input `a`. */
@injectable()
export class JoinLandmarks implements Transform<JoinInputs, Landmarks> {
  transform({ a, b, c, d }: JoinInputs): Landmarks {
    return {
      frameWidth: a.frameWidth,
      frameHeight: a.frameHeight,
      tracks: [a, b, c, d].flatMap((landmarks) => landmarks?.tracks ?? []),
    };
  }
}
