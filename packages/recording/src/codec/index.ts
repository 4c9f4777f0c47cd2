export { ENCODED_FORMATS, decodeCompressedImage, encodeCompressedImage } from './compressed-image.js';
export type { EncodedFormat, RecordedFrame } from './compressed-image.js';
export { doubleText, floatText } from './number-text.js';
export type { Place } from './place.js';
export { FRAME_SCHEMA, LANDMARKS_SCHEMA, VALUE_SCHEMA } from './schemas.js';
export type { RecordingSchema } from './schemas.js';
export { decodeValueMessage, encodeValueMessage, isLandmarks } from './value-message.js';
export type { RecordedValue } from './value-message.js';
export { valueText } from './value-json.js';
