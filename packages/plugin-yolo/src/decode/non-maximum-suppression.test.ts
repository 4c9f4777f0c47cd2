import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandidateTable } from './candidates.js';
import { Selection, keepBest } from './non-maximum-suppression.js';

interface PlainBox {
  /** Left, top, right, bottom. */
  readonly corners: readonly [number, number, number, number];
  readonly score: number;
  readonly label: number;
}

function tableOf(boxes: readonly PlainBox[], capacity = boxes.length): CandidateTable {
  const table = new CandidateTable(capacity);
  for (const [index, { corners, score, label }] of boxes.entries()) {
    table.boxes.set(corners, index * 4);
    table.scores[index] = score;
    table.classes[index] = label;
    table.rows[index] = index;
  }
  table.count = boxes.length;
  return table;
}

function kept(boxes: readonly PlainBox[], iouLimit: number | undefined, most = boxes.length): number[] {
  const selection = new Selection(boxes.length);
  keepBest(tableOf(boxes), iouLimit, most, selection);
  return [...selection.kept.subarray(0, selection.count)];
}

/** Intersection over union as the textbook has it. */
function iou([al, at, ar, ab]: PlainBox['corners'], [bl, bt, br, bb]: PlainBox['corners']): number {
  const shared = Math.max(0, Math.min(ar, br) - Math.max(al, bl)) * Math.max(0, Math.min(ab, bb) - Math.max(at, bt));
  const all = (ar - al) * (ab - at) + (br - bl) * (bb - bt) - shared;
  return all > 0 ? shared / all : 0;
}

/** Greedy suppression, said plainly: take the best that is left, strike out what overlaps it, and so on. */
function plainly(boxes: readonly PlainBox[], iouLimit: number): number[] {
  let left = boxes.map((box, index) => ({ ...box, index })).sort((a, b) => b.score - a.score || a.index - b.index);
  const answer: number[] = [];
  for (let best = left[0]; best !== undefined; best = left[0]) {
    const { index, label, corners } = best;
    answer.push(index);
    left = left.slice(1).filter((other) => other.label !== label || !(iou(corners, other.corners) > iouLimit));
  }
  return answer;
}

// Whole corners: overlaps and areas are exact, so both ways of computing decide alike on the very edge.
const box: fc.Arbitrary<PlainBox> = fc
  .record({
    x: fc.integer({ min: -20, max: 60 }),
    y: fc.integer({ min: -20, max: 60 }),
    width: fc.integer({ min: 0, max: 40 }),
    height: fc.integer({ min: 0, max: 40 }),
    score: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }).map(Math.fround), fc.constantFrom(0, 0.5, 1)),
    label: fc.nat(2),
  })
  .map(({ x, y, width, height, score, label }) => ({ corners: [x, y, x + width, y + height], score, label }));
const limit = fc.constantFrom(0, 0.25, 0.5, 0.75, 1);

describe('non-maximum suppression', () => {
  it('keeps what the textbook keeps', () => {
    fc.assert(
      fc.property(fc.array(box, { maxLength: 60 }), limit, (boxes, iouLimit) => {
        expect(kept(boxes, iouLimit)).toEqual(plainly(boxes, iouLimit));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the best where there are more than asked for', () => {
    fc.assert(
      fc.property(fc.array(box, { maxLength: 40 }), limit, fc.nat(10), (boxes, iouLimit, most) => {
        expect(kept(boxes, iouLimit, most)).toEqual(plainly(boxes, iouLimit).slice(0, most));
      }),
    );
  });

  it('only sorts where there is no limit', () => {
    fc.assert(
      fc.property(fc.array(box, { maxLength: 40 }), (boxes) => {
        expect(kept(boxes, undefined)).toEqual(plainly(boxes, Infinity));
      }),
    );
  });

  it('exact: an overlap of just the limit stays, one above goes, another class stays', () => {
    const first: PlainBox = { corners: [0, 0, 10, 10], score: 0.9, label: 0 };
    const half: PlainBox = { corners: [0, 0, 10, 5], score: 0.8, label: 0 };
    const more: PlainBox = { corners: [0, 0, 10, 6], score: 0.7, label: 0 };
    const other: PlainBox = { corners: [0, 0, 10, 10], score: 0.6, label: 1 };
    expect(kept([other, more, half, first], 0.5)).toEqual([3, 2, 0]);
    expect(kept([first, half, more, other], 0.5)).toEqual([0, 1, 3]);
  });

  it('exact: what was struck out strikes out nothing', () => {
    const chain = [0, 4, 8].map((x, index): PlainBox => ({
      corners: [x, 0, x + 10, 10],
      score: 0.9 - index / 10,
      label: 0,
    }));
    expect(kept(chain, 0.4)).toEqual([0, 2]);
  });

  it('does with a table that has room for more, time and again', () => {
    const boxes: PlainBox[] = [
      { corners: [0, 0, 1, 1], score: 0.1, label: 0 },
      { corners: [5, 5, 6, 6], score: 0.2, label: 0 },
    ];
    const selection = new Selection(8400);
    const table = tableOf(boxes, 8400);
    for (const most of [2, 1, 2]) {
      keepBest(table, 0.5, most, selection);
      expect([...selection.kept.subarray(0, selection.count)]).toEqual([1, 0].slice(0, most));
    }
  });
});
