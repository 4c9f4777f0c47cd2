/** A graph as boxes and wires. */
export type { AnnotationWish, CanvasComment, CanvasGroup, CanvasMark } from './annotations-model.js';
export { default as CanvasMinimap } from './canvas-minimap.vue';
export { canvasModel, placesOf } from './canvas-model.js';
export type { CanvasModel, CanvasNode, CanvasPort, CanvasWire } from './canvas-model.js';
export type { CanvasSubject, CanvasWords } from './canvas-words.js';
export type { CanvasOverlay, CanvasViewport } from './canvas-overlay.js';
export { boxesOf, nodeSize, portPlace } from './node-box.js';
export type { PortNames } from './node-box.js';
export { default as GraphCanvas } from './graph-canvas.vue';
export { healthOfFaults } from './node-health.js';
export type { NodeHealth } from './node-health.js';
export { default as PortDot } from './port-dot.vue';
export { sharedModel } from './shared-model.js';
export { PORT_FAMILIES, portFamily } from './port-family.js';
export type { PortFamily } from './port-family.js';
