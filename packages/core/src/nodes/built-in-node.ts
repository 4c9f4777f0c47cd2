import type { z } from 'zod';
import type { InletKind, NodeClass, NodeKind } from '../kinds/index.js';

/** A node type of the core, described as a plugin's manifest describes its own, but with the schema and class at hand. */
export interface BuiltInNode {
  readonly type: string;
  readonly typeVersion: number;
  readonly kind: NodeKind;
  readonly title: string;
  readonly description: string;
  readonly stateless?: boolean;
  /** Sources only: what is not read in time is gone. */
  readonly live?: boolean;
  /** Live sources only: what clients may send to it. */
  readonly takes?: InletKind;
  readonly inputs: Readonly<
    Record<string, { readonly type: string; readonly optional?: boolean; readonly description: string }>
  >;
  readonly outputs: Readonly<Record<string, { readonly type: string; readonly description: string }>>;
  readonly config: z.ZodType;
  readonly liveConfig: readonly string[];
  readonly nodeClass: NodeClass;
}
