import { KinegraphError } from '../../base/index.js';
import type { Awaitable } from '../../base/index.js';
import type { NodeKind, NodeLifecycle, ProcessInfo } from '../../kinds/index.js';
import type { NodeInstance } from './node-instance.js';

/** The kinds whose nodes answer packets one by one, and the method each is called by. */
export const METHOD_OF_KIND = {
  transform: 'transform',
  extractor: 'extract',
  smoother: 'smooth',
  classifier: 'classify',
  sink: 'write',
} as const satisfies Partial<Record<NodeKind, string>>;
export type AnsweringKind = keyof typeof METHOD_OF_KIND;

export function isAnsweringKind(kind: NodeKind): kind is AnsweringKind {
  return kind in METHOD_OF_KIND;
}

/** The class behind a node type lacks the method that its kind is called by. */
export class NodeShapeError extends KinegraphError {
  override readonly name = 'NodeShapeError';
  readonly code = 'RUN_NODE_SHAPE';
  constructor(override readonly data: { type: string; kind: NodeKind; method: string }) {
    super(
      `The class behind node type "${data.type}" has no method ${data.method}(), which a node of kind ${data.kind} needs. ` +
        `Add the method, or correct the kind in the plugin's manifest.`,
    );
  }
}

type Method = (this: NodeLifecycle, value: unknown, info: ProcessInfo) => Awaitable<unknown>;

/** The method called `name` of an object whose class came out of a plugin. @throws NodeShapeError */
export function requireMethod(object: NodeLifecycle, type: string, kind: NodeKind, name: string): Method {
  const method: unknown = Reflect.get(object, name);
  if (typeof method !== 'function') throw new NodeShapeError({ type, kind, method: name });
  return method as Method;
}

/** An object of this thread. */
export class LocalInstance implements NodeInstance {
  readonly #method: Method;

  /** @throws NodeShapeError when the object lacks its kind's method. */
  constructor(
    private readonly object: NodeLifecycle & { flush?(): Awaitable<void> },
    type: string,
    kind: AnsweringKind,
  ) {
    this.#method = requireMethod(object, type, kind, METHOD_OF_KIND[kind]);
  }

  open(signal: AbortSignal): Awaitable<void> {
    return this.object.open?.(signal);
  }
  invoke(value: unknown, info: ProcessInfo): Awaitable<unknown> {
    return this.#method.call(this.object, value, info);
  }
  reconfigure(config: unknown): Awaitable<boolean> {
    return this.object.reconfigure?.(config) ?? false;
  }
  flush(): Awaitable<void> {
    return this.object.flush?.();
  }
  close(): Awaitable<void> {
    return this.object.close?.();
  }
}
