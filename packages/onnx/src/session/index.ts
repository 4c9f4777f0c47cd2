export { openSession, type EngineFor, type OpenRequest, type OrtEngine } from './open-session.js';
export { plainReason } from './ort-session.js';
export { OnnxRuntime, PROVIDERS, type OnnxSession, type Provider, type SessionOptions } from './runtime.js';
