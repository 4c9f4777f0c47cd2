import { ContainerModule } from '@kinegraph/core/plugin';
import type { PluginContext } from '@kinegraph/core/plugin';
import { OnnxRuntime } from '@kinegraph/onnx';
import { Lift3dTransform } from './nodes/lift/lift-3d-transform.js';
import { OnnxModelTransform } from './nodes/onnx-model/onnx-model-transform.js';
import { YoloPoseExtractor } from './nodes/yolo-pose-extractor.js';

/** Registers the nodes of this plugin on a runtime; the nodes are the same everywhere. */
export function activateWith(context: PluginContext, runtime: OnnxRuntime): void {
  context.bind(
    new ContainerModule(({ bind }) => {
      bind(OnnxRuntime).toConstantValue(runtime);
    }),
  );
  context.nodes.register('yolo.pose', YoloPoseExtractor);
  context.nodes.register('yolo.lift-3d', Lift3dTransform);
  context.nodes.register('onnx.model', OnnxModelTransform);
}
