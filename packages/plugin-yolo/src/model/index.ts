export { readExportMetadata } from './export-metadata.js';
export type { ExportMetadata, KeypointShape } from './export-metadata.js';
export { planInput } from './input-plan.js';
export type { InputPlan, InputSide } from './input-plan.js';
export { detectLayout, fittingShapes } from './output-layout.js';
export type { LayoutForm, LayoutHints, PoseLayout } from './output-layout.js';
export { parsePythonLiteral } from './python-literal.js';
export type { PythonValue } from './python-literal.js';
