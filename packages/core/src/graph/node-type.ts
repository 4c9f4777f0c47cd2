import type { InletKind, NodeKind } from '../kinds/index.js';
import type { Skeleton } from '../vision/index.js';

/** A JSON Schema (2020-12) as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A typed input of a node type. */
export interface InputPort {
  /**
   * A port type, or a pattern that fits several: `frame`, `landmarks/hand-21`, `landmarks/*`, `landmarks/*|angles`,
   * `window<landmarks/*>`, `any`. `landmarks/{key}` takes the skeleton that the configuration names there.
   */
  readonly type: string;
  /** May be left unwired. */
  readonly optional?: boolean;
  readonly description?: string;
}

/** A typed output of a node type. */
export interface OutputPort {
  /**
   * A port type. `$in` stands for the type that arrives at input `in` (`$in`, `window<$in>`); `landmarks/{key}` for
   * landmarks of the skeleton whose id the configuration has as `key`.
   */
  readonly type: string;
  readonly description?: string;
}

/** All that is known of a node type without loading its code. */
export interface NodeTypeDescriptor {
  /** `area.name` or `area.kind.name`, for example `mediapipe.hands`. */
  readonly type: string;
  readonly typeVersion: number;
  readonly kind: NodeKind;
  readonly title: string;
  readonly description?: string;
  /** The package that contributes it; `@kinegraph/core` for built-in ones. */
  readonly plugin: string;
  readonly runsIn: 'main' | 'worker';
  /** True where it calls into native code; a worker of it that hangs is left to itself, never ended. Left out: false. */
  readonly native?: boolean;
  /** True where packets may be worked on side by side by several instances (`concurrency`). */
  readonly stateless: boolean;
  /** Sources only: frames come whether or not anybody is ready for them. */
  readonly live: boolean;
  /** Live sources only: what clients may send to it. Left out: nothing. */
  readonly takes?: InletKind;
  readonly inputs: Readonly<Record<string, InputPort>>;
  readonly outputs: Readonly<Record<string, OutputPort>>;
  /** The schema of its configuration, from the zod schema beside the class. */
  readonly configSchema: JsonSchema;
  /** Configuration keys that `reconfigure` takes over without a restart. */
  readonly liveConfig: readonly string[];
  /** Markdown for people, where the plugin brings some. */
  readonly docs?: string;
}

/** The node types at hand; what validation and the runtime ask. */
export interface NodeTypeCatalog {
  get(type: string): NodeTypeDescriptor | undefined;
  list(): readonly NodeTypeDescriptor[];
  /** True when a plugin of this package name is there and loaded. */
  hasPlugin(packageName: string): boolean;
  /** The version of a loaded plugin, where the catalog knows it; without it version ranges are not checked. */
  pluginVersion?(packageName: string): string | undefined;
  /** The skeletons that the core and the plugins contribute. Left out: only those of the core are known. */
  skeletons?(): readonly Skeleton[];
}
