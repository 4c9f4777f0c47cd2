/** `@kinegraph/onnx`: ONNX files written, looked into and run, with nothing of one platform. */
export * from './errors.js';
export * from './reader/index.js';
export * from './session/index.js';
export * from './tensor/index.js';
export * from './writer/index.js';
