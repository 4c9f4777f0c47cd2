import { describe, expect, it } from 'vitest';
import { ManualTarget } from '../../../test/support/manual-target.js';
import { SingleInput } from './single-input.js';
import { skipPacketOf, valuePacketOf } from '../../testing/index.js';

describe('SingleInput', () => {
  it('gives the node the value itself', () => {
    const target = new ManualTarget();
    new SingleInput('in', target).accept(valuePacketOf('x', 1));
    expect(target.calls).toEqual([[1, 'x']]);
  });

  it('gives an object by port name to a node that could have more inputs', () => {
    const target = new ManualTarget();
    new SingleInput('image', target, true).accept(valuePacketOf('x', 1));
    expect(target.calls).toEqual([[1, { image: 'x' }]]);
  });

  it('does not call the node for a skip', () => {
    const target = new ManualTarget();
    new SingleInput('in', target).accept(skipPacketOf(1));
    expect(target.calls).toEqual([[1, 'skip']]);
  });

  it('is ready while the node is and the stream has not ended', () => {
    const target = new ManualTarget(0);
    const input = new SingleInput('in', target);
    let told = 0;
    input.onReady = () => (told += 1);
    expect(input.ready).toBe(false);
    target.free();
    input.nodeReady();
    expect([input.ready, told]).toEqual([true, 1]);
    input.end();
    input.end();
    expect([input.ready, target.ends]).toEqual([false, 1]);
  });
});
