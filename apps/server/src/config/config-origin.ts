import { jsonPointer } from '@kinegraph/core';
import type { PathStep } from '@kinegraph/core';

/** Where a value of the configuration comes from. */
export type ConfigOrigin =
  | { readonly kind: 'default' }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'environment'; readonly variable: string }
  | { readonly kind: 'flag'; readonly flag: string };

/** The place as a person finds it: `kinegraph.config.json at /limits/runs`, `KINEGRAPH_PORT`, `--port`. */
export function originText(origin: ConfigOrigin, path: readonly PathStep[]): string {
  switch (origin.kind) {
    case 'default':
      return 'default';
    case 'file':
      return path.length === 0 ? origin.file : `${origin.file} at ${jsonPointer(path)}`;
    case 'environment':
      return origin.variable;
    case 'flag':
      return origin.flag;
  }
}
