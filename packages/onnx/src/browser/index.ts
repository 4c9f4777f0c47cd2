/** `@kinegraph/onnx/browser`: models on WebGPU or WASM. The WASM part also runs on Node. */
export { WebOnnxRuntime, type WebRuntimeSetup } from './web-onnx-runtime.js';
