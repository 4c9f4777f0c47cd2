import { ContainerModule } from '@kinegraph/core/plugin';
import type { PluginContext } from '@kinegraph/core/plugin';
import { OnnxRuntime } from '@kinegraph/onnx';
import { LiftHandTransform } from './lift/lift-hand-transform.js';
import { SignClassifier } from './nodes/sign-classifier.js';
import { SignDecoderTransform } from './nodes/sign-decoder-transform.js';
import { SignFeaturesTransform } from './nodes/sign-features-transform.js';

/** Registers the nodes of this plugin on a runtime; the nodes are the same everywhere. */
export function activateWith(context: PluginContext, runtime: OnnxRuntime): void {
  context.bind(
    new ContainerModule(({ bind }) => {
      bind(OnnxRuntime).toConstantValue(runtime);
    }),
  );
  context.nodes.register('signs.features', SignFeaturesTransform);
  context.nodes.register('signs.classifier', SignClassifier);
  context.nodes.register('signs.decoder', SignDecoderTransform);
  context.nodes.register('signs.lift-hand-3d', LiftHandTransform);
}
