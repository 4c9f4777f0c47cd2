/** The plugin's entry for the server. */
import type { PluginContext } from '@kinegraph/core/plugin';
import { nodeOnnxRuntime } from '@kinegraph/onnx/node';
import { activateWith } from './activate.js';

export type { SignEvent, SignEvents } from './decoder/index.js';
export type { SignClassification, SignClassificationTrack } from './model/index.js';
export type { SignFeatures, SignFeaturesTrack } from './nodes/sign-features.js';

/** Registers the nodes, on onnxruntime's native code. */
export function activate(context: PluginContext): void {
  activateWith(context, nodeOnnxRuntime);
}
