/** `@kinegraph/onnx/node`: models on onnxruntime's native code. */
export { nodeOnnxRuntime } from './node-onnx-runtime.js';
