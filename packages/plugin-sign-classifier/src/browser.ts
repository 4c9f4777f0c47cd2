/** The plugin's entry for a page: the same nodes on WASM. */
import type { PluginContext } from '@kinegraph/core/plugin';
import { WebOnnxRuntime } from '@kinegraph/onnx/browser';
import { activateWith } from './activate.js';

/** Registers the nodes, on onnxruntime-web. The setting `wasmFolder` says where its `.wasm` files are. */
export function activate(context: PluginContext): void {
  const { wasmFolder } = context.configuration;
  activateWith(context, new WebOnnxRuntime(typeof wasmFolder === 'string' ? { wasmFolder } : {}));
}
