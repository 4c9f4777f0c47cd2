/** Hand landmarks in time, with what they show: what models of signs are trained and tested on. */
export type { TakeConditions } from './conditions.js';
export type { TakeSighting } from './film.js';
export { NEGATIVE_KINDS, sampleNegative, type NegativeKind } from './negatives.js';
export { sessionOf, type TakeSession } from './session.js';
export { isStaticSign, OTHER_LABELS, SIGN_LABELS, type OtherLabel, type SignLabel } from './sign-specs.js';
export { HELD_OUT_SEEDS, signerOf, type TakeSigner } from './signer.js';
export { sampleStream, type SignStream, type StreamRequest } from './stream.js';
export { sampleProceduralTake, sampleTake, type SignTake } from './take.js';
