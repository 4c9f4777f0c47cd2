import type { ModelBuilder } from '../context.js';

/** The builders that activated plugins have registered. Names belong to their plugin. */
export class ModelBuilderRegistry {
  readonly #builders = new Map<string, ModelBuilder>();

  /** Disposing the answer takes the builder away again. A second registration of a name replaces the first. */
  register(plugin: string, builder: string, build: ModelBuilder): Disposable {
    const key = keyOf(plugin, builder);
    this.#builders.set(key, build);
    return {
      [Symbol.dispose]: () => {
        if (this.#builders.get(key) === build) this.#builders.delete(key);
      },
    };
  }

  get(plugin: string, builder: string): ModelBuilder | undefined {
    return this.#builders.get(keyOf(plugin, builder));
  }
}

function keyOf(plugin: string, builder: string): string {
  return `${plugin} ${builder}`; // neither may have a space
}
