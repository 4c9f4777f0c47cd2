/** `@kinegraph/plugin-sign-classifier/lift`: how hands are made ready for a lift; training and running share it. */
export { LIFT_MOMENTS, LIFT_POINTS, LIFT_STEP_MS, toHandCoordinates } from './hand-coordinates.js';
