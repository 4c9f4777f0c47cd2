import { SignDecoderConfig } from './decoder/index.js';
import { LiftHandConfig } from './lift/lift-config.js';
import { SignClassifierConfig } from './nodes/classifier-config.js';
import { SignFeaturesConfig } from './nodes/features-config.js';

/** The configuration schemas by the name of the file that the build writes each to, in `schemas/`. */
export const schemas = {
  'classifier.json': SignClassifierConfig,
  'decoder.json': SignDecoderConfig,
  'features.json': SignFeaturesConfig,
  'lift-hand-3d.json': LiftHandConfig,
};
