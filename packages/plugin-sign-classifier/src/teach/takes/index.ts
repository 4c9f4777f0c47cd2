export { checkLabel, clashingLabels, folderLabel, foldedLabel, labelFolder } from './label.js';
export { TAKE_ID, TAKE_LIMITS, newTakeId } from './take.js';
export type { Take, TakeFrame, TakeHand, TakeHeader } from './take.js';
export { TAKE_FORMAT, decodeTake, encodeTake } from './take-codec.js';
export type { ReadTake, TakeDamage } from './take-codec.js';
export { decodeBundle, encodeBundle } from './take-bundle.js';
export { TakeRecorder } from './take-recorder.js';
