/** `@kinegraph/ui/live`: a run looked at as it goes, and its last seconds again. Shipped as sources; no framework in it. */
export type { SceneLayers, TrackNamer } from './draw-scene.js';
export type { LiveFigures } from './live-figures.js';
export { LiveMemory, MEMORY_BOUNDS } from './live-memory.js';
export type { KeptPicture, MemoryBounds, ToldSign } from './live-memory.js';
export { LiveStage } from './live-stage.js';
export type { Drawn, StageListener } from './live-stage.js';
export { Playback } from './playback.js';
export type { PlaybackPosition } from './playback.js';
export { CameraError, CameraSession } from '../camera/index.js';
export type { CameraListener } from '../camera/index.js';
export type { CloseReason, ConnectionState } from '../connection/index.js';
export { subscribePictures } from '../pictures/index.js';
export type { PicturesConnection } from '../pictures/index.js';
export { landmarksOf, subscribeResults } from '../results/index.js';
export type { ResultsConnection } from '../results/index.js';
