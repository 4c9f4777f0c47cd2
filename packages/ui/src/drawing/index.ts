export { DisplayDelay } from './display-delay.js';
export { drawSkeleton, drawTracks } from './draw-skeleton.js';
export type { DrawingContext, DrawingOptions } from './draw-skeleton.js';
export { FrameHistory } from './frame-history.js';
export type { PastPicture } from './frame-history.js';
export { ResultInterpolator } from './result-interpolator.js';
export { BODY_STYLE, HAND_STYLE, defaultStyle } from './skeleton-style.js';
export type { SkeletonStyle } from './skeleton-style.js';
export type { DisplayedTrack } from './track-display.js';
