export { leadingHand } from './hand-track.js';
export type { HandMoment } from './hand-track.js';
export { takeQuality } from './quality.js';
export type { TakeQuality } from './quality.js';
export { signPart } from './trim.js';
export type { SignPart } from './trim.js';
export { SIGN_SPAN_MS, signWindows, windowsOver } from './windows.js';
