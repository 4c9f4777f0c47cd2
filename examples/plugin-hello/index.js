import { BrightnessExtractor } from './brightness-extractor.js';

/** Called once, when a graph first needs a node of this plugin. */
export function activate(context) {
  context.nodes.register('hello.brightness', BrightnessExtractor);
}
