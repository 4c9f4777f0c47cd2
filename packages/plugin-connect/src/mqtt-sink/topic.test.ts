import { expect, it } from 'vitest';
import { MqttSinkConfig } from './mqtt-sink-config.js';
import { topicOf } from './topic.js';

const names = { run: 'hall 1', sink: 'out', source: 'a/b+#\u0000\ud800c' };

it('puts names in their places, each as one level', () => {
  expect(topicOf('x/{run}/{sink}/{source}/{run}', names)).toBe('x/hall 1/out/a_b____c/hall 1');
});

it.each([
  ['kinegraph/{run}', true],
  ['a', true],
  ['a/#', false],
  ['+/a', false],
  ['$SYS/a', false],
  ['a/{type}', false],
  ['a/{run', false],
  ['', false],
  ['x'.repeat(513), false],
])('takes "%s" for a topic: %s', (topic, isOne) => {
  expect(MqttSinkConfig.safeParse({ connection: 'hall', topic }).success).toBe(isOne);
});
