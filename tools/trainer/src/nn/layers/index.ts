import type { LayerKind } from '../layer.js';
import type { LayerSpec } from '../spec.js';
import { dropout, flatten, normalise, relu } from './elementwise.js';
import { layerNorm } from './layer-norm.js';
import { conv, dense } from './linear.js';
import { pool } from './pool.js';
import { residual } from './residual.js';
import { cosine, unit } from './unit.js';

type Kinds = { readonly [Type in LayerSpec['type']]: LayerKind<Extract<LayerSpec, { type: Type }>> };

const KINDS: Kinds = {
  normalise,
  conv,
  dense,
  relu,
  'layer-norm': layerNorm,
  dropout,
  residual,
  pool,
  flatten,
  unit,
  cosine,
};

/** What the type of a spec is; undefined for a type that there is not, as settings from outside may name. */
export function kindOf(spec: LayerSpec): LayerKind<LayerSpec> | undefined {
  return Object.hasOwn(KINDS, spec.type) ? KINDS[spec.type] : undefined;
}

export { LAYER_NORM_EPSILON } from './layer-norm.js';
export { walkOf } from './linear.js';
export { UNIT_EPSILON, unitRows } from './unit.js';
