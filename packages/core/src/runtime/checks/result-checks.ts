import { isScore } from '../../vision/index.js';
import { frameSizeFault, isRecord, listCheck, trackIdFault, wrongNumber } from './value-check.js';
import type { ValueFault } from './value-check.js';

/** A check of `angles`: degrees by joint for each track. */
export const anglesCheck = listCheck('angles', 'tracks', (track, at) => {
  const { degrees } = track;
  if (!isRecord(degrees))
    return { found: `no "degrees" in track ${at}`, mend: 'Allowed is an object of degrees by joint.' };
  for (const joint of Object.keys(degrees)) {
    if (!Number.isFinite(degrees[joint]))
      return wrongNumber(
        degrees[joint],
        `degrees of "${joint}" of track ${at}`,
        'a finite number; leave a joint out that cannot be seen',
      );
  }
  return trackIdFault(track, at);
});

/** A check of `classification`: the best label of each track and what else it might be. */
export const classificationCheck = listCheck('classification', 'tracks', (track, at) => {
  const { alternatives } = track;
  if (!Array.isArray(alternatives)) {
    return {
      found: `no "alternatives" in track ${at}`,
      mend: 'Allowed is an array of labels with their scores; it may be empty.',
    };
  }
  for (let index = 0; index < alternatives.length; index += 1) {
    const fault = labelFault(alternatives[index], `alternative ${index} of track ${at}`);
    if (fault !== undefined) return fault;
  }
  return labelFault(track, `track ${at}`) ?? trackIdFault(track, at);
});

/** A check of `detections`: boxes in pixels with their labels. */
export const detectionsCheck = listCheck(
  'detections',
  'detections',
  (detection, at) => {
    const { box, trackId } = detection;
    if (!isRecord(box))
      return {
        found: `no "box" in detection ${at}`,
        mend: 'Allowed is an object with x, y, width and height in pixels.',
      };
    for (const side of ['x', 'y', 'width', 'height']) {
      const pixels = box[side];
      const isSize = side === 'width' || side === 'height';
      if (typeof pixels !== 'number' || !Number.isFinite(pixels) || (isSize && pixels < 0))
        return wrongNumber(
          pixels,
          `${side} of the box of detection ${at}`,
          isSize ? 'a number of pixels from 0' : 'a number of pixels',
        );
    }
    return (
      labelFault(detection, `detection ${at}`) ?? (trackId === undefined ? undefined : trackIdFault(detection, at))
    );
  },
  frameSizeFault,
);

function labelFault(value: unknown, place: string): ValueFault | undefined {
  if (!isRecord(value) || typeof value['label'] !== 'string')
    return { found: `no label in ${place}`, mend: 'Allowed is an object with a text "label" and a number "score".' };
  return isScore(value['score']) ? undefined : wrongNumber(value['score'], `score of ${place}`, 'a number from 0 to 1');
}
