export { encodeModel } from './encode-model.js';
export type { AttributeSpec, Dim, GraphSpec, ModelSpec, OperationSpec, ValueSpec } from './model.js';
