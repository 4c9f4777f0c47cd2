export { SignDecoderConfig } from './decoder-config.js';
export { SignDecoder } from './sign-decoder.js';
export type { DecodableClassification } from './sign-decoder.js';
export type { SignEvent, SignEvents } from './sign-events.js';
