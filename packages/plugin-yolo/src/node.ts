/** The plugin's entry for the server. */
import type { PluginContext } from '@kinegraph/core/plugin';
import { nodeOnnxRuntime } from '@kinegraph/onnx/node';
import { activateWith } from './activate.js';

/** Registers the nodes, on onnxruntime's native code. */
export function activate(context: PluginContext): void {
  activateWith(context, nodeOnnxRuntime);
}
