import { expect, it } from 'vitest';
import { slowestPath } from './slowest-path.js';

const times = (p50: number | null) => ({ count: p50 === null ? 0 : 9, p50, p95: p50, p99: p50 });
const node = (name: string, work: number | null, handOver: number | null = null) => ({
  ...{ name, workMs: times(work), handOverMs: times(handOver) },
});
const wire = (from: string, to: string) => ({ id: `${from}.out > ${to}.in`, from, to });

it('is the way on which a packet spends most time, with what each node has of it', () => {
  const nodes = [
    node('camera', null, 1),
    node('hands', 30),
    node('pose', 20),
    node('smooth', 1),
    node('out', 1),
    node('slow', 9),
  ];
  const wires = [
    wire('camera', 'hands'),
    wire('camera', 'pose'),
    wire('hands', 'smooth'),
    wire('smooth', 'out'),
    wire('pose', 'slow'),
  ];
  const path = slowestPath(nodes, wires);
  expect(path?.nodes).toEqual(['camera', 'hands', 'smooth', 'out']);
  expect(path?.wires).toEqual(['camera.out > hands.in', 'hands.out > smooth.in', 'smooth.out > out.in']);
  expect(path?.totalMs).toBe(33);
  expect(path?.shares.get('hands')).toBeCloseTo(30 / 33);
  expect([...(path?.shares.values() ?? [])].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
});

it('counts what a packet lies in a buffer', () => {
  const nodes = [node('camera', null), node('queue', null, 500), node('late', 1), node('quick', 40)];
  const path = slowestPath(nodes, [wire('camera', 'queue'), wire('queue', 'late'), wire('camera', 'quick')]);
  expect(path?.nodes).toEqual(['camera', 'queue', 'late']);
});

it('goes through a graph of many ways once, and round no circle', () => {
  const layers = Array.from({ length: 40 }, (_, layer) => [0, 1, 2].map((row) => `n${layer}-${row}`));
  const nodes = [node('begin', 1), ...layers.flat().map((name, index) => node(name, index % 7))];
  const wires = [
    ...(layers[0] ?? []).map((to) => wire('begin', to)),
    ...layers
      .slice(1)
      .flatMap((row, layer) => row.flatMap((to) => (layers[layer] ?? []).map((from) => wire(from, to)))),
    wire('n39-0', 'n3-0'),
  ];
  const path = slowestPath(nodes, wires);
  expect(path?.nodes).toHaveLength(41);
  expect(new Set(path?.nodes).size).toBe(41);
});

it('is none where nothing has worked', () => {
  expect(slowestPath([node('camera', null), node('out', null)], [wire('camera', 'out')])).toBeUndefined();
  expect(slowestPath([], [])).toBeUndefined();
});
