import { describe, expect, it } from 'vitest';
import { inject, injectable } from 'inversify';
import { ModelStore } from '../../kinds/index.js';
import type { PathResolver } from '../../kinds/index.js';
import { createTestRun, sourceOf } from '../../testing/index.js';
import { PathResolverFactory } from './services.js';

/** Answers with the place that it would read. */
class PlacesOfModels implements ModelStore {
  constructor(private readonly paths?: PathResolver) {}
  read(model: string): Promise<Uint8Array> {
    return Promise.resolve(new TextEncoder().encode(this.paths?.resolve(model) ?? model));
  }
  withPaths(paths: PathResolver): ModelStore {
    return new PlacesOfModels(paths);
  }
}

describe('models of a run', () => {
  it('are read from where the paths of the run lead', async () => {
    const read: string[] = [];
    @injectable()
    class Reader {
      constructor(@inject(ModelStore) private readonly models: ModelStore) {}
      async open(): Promise<void> {
        read.push(new TextDecoder().decode(await this.models.read('./net.onnx')));
      }
      write(): void {}
    }
    const { finish } = createTestRun({
      nodes: { camera: { kind: 'source', nodeClass: sourceOf([]) }, reader: { kind: 'sink', nodeClass: Reader } },
      wires: [['camera.out', 'reader.in']],
      bind: (platform) => {
        platform.bind(ModelStore).toConstantValue(new PlacesOfModels());
        platform.unbind(PathResolverFactory);
        platform.bind(PathResolverFactory).toConstantValue(() => ({ resolve: (path: string) => `/graphs/${path}` }));
      },
    });
    await finish();
    expect(read).toEqual(['/graphs/./net.onnx']);
  });
});
