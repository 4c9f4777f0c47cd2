import { describe, expect, it } from 'vitest';
import type { CanvasPort } from './canvas-model.js';
import { nodeSize, portPlace } from './node-box.js';

const port = (name: string): CanvasPort => ({ port: name, type: 'any', family: 'any', isMissing: false });

describe('The room of a node', () => {
  const node = { inputs: [port('frame'), port('hands')], outputs: [port('out')] };

  it('is as high as the more of its ports need', () => {
    expect(nodeSize(node)).toEqual({ width: 192, height: 100 });
    expect(nodeSize({ inputs: [], outputs: [] })).toEqual({ width: 192, height: 44 });
  });

  it('has its ports at its sides, one below the other', () => {
    expect(portPlace(node, 'input', 'hands')).toEqual({ x: 0, y: 84 });
    expect(portPlace(node, 'output', 'out')).toEqual({ x: 192, y: 60 });
    expect(portPlace(node, 'output', 'hands')).toBeUndefined();
  });
});
