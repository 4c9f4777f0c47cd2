import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectLayout, fittingShapes } from './output-layout.js';
import type { LayoutHints } from './output-layout.js';

const person = ['person'];
const coco: LayoutHints = {
  keypointShape: { points: 17, valuesPerPoint: 3 },
  names: person,
  endToEnd: undefined,
  skeletonPoints: 17,
};
const untold: LayoutHints = { keypointShape: undefined, names: undefined, endToEnd: undefined, skeletonPoints: 17 };

describe('the layout of an output', () => {
  it.each([
    { shape: [1, 56, 8400], hints: coco, form: 'channels-first', classes: 1, candidates: 8400 },
    { shape: [4, 56, 1344], hints: coco, form: 'channels-first', classes: 1, candidates: 1344 },
    { shape: [1, 8400, 56], hints: coco, form: 'candidates-first', classes: 1, candidates: 8400 },
    { shape: [1, 300, 57], hints: coco, form: 'end-to-end', classes: 1, candidates: 300 },
    { shape: [1, 100, 57], hints: { ...coco, endToEnd: false }, form: 'end-to-end', classes: 1, candidates: 100 },
    { shape: [1, 56, 21], hints: { ...coco, endToEnd: true }, form: 'channels-first', classes: 1, candidates: 21 },
    { shape: [1, 56, 8400], hints: untold, form: 'channels-first', classes: 1, candidates: 8400 },
    { shape: [1, 8400, 56], hints: untold, form: 'candidates-first', classes: 1, candidates: 8400 },
    { shape: [1, 300, 57], hints: untold, form: 'end-to-end', classes: 1, candidates: 300 },
    { shape: [1, 39, 8400], hints: untold, form: 'channels-first', classes: 1, candidates: 8400 },
    { shape: [1, 56, 56], hints: coco, form: 'channels-first', classes: 1, candidates: 56 },
  ])('$shape is $form', ({ shape, hints, form, classes, candidates }) => {
    expect(detectLayout(shape, hints)).toMatchObject({ form, classes, candidates, batch: shape[0] });
  });

  it('takes any number of classes where the metadata tell the points, and one where they tell nothing', () => {
    const shaped: LayoutHints = { ...untold, keypointShape: { points: 17, valuesPerPoint: 3 } };
    expect(detectLayout([1, 84, 8400], shaped)).toMatchObject({ form: 'channels-first', classes: 29 });
    expect(detectLayout([1, 84, 8400], { ...untold, names: Array.from({ length: 29 }, String) })).toMatchObject({
      classes: 29,
    });
  });

  it('takes two values for a point where the metadata say so, or where three do not fit', () => {
    const flat: LayoutHints = { ...coco, keypointShape: { points: 17, valuesPerPoint: 2 } };
    expect(detectLayout([1, 39, 8400], flat)).toMatchObject({ valuesPerPoint: 2, classes: 1, pointsAt: 5 });
    expect(detectLayout([1, 300, 40], flat)).toMatchObject({ valuesPerPoint: 2, form: 'end-to-end' });
    expect(detectLayout([1, 40, 2100], { ...untold, names: ['a', 'b'] })).toMatchObject({ valuesPerPoint: 2 });
  });

  it('of two classes, which fits twice, is end-to-end where the metadata say so or it has the usual rows', () => {
    const two: LayoutHints = { ...coco, names: ['person', 'dog'] };
    const formOf = (rows: number, endToEnd: boolean | undefined): string | undefined =>
      detectLayout([1, rows, 57], { ...two, endToEnd })?.form;
    expect([formOf(8400, undefined), formOf(300, undefined)]).toEqual(['candidates-first', 'end-to-end']);
    expect([formOf(8400, true), formOf(300, false)]).toEqual(['end-to-end', 'candidates-first']);
    expect(detectLayout([1, 57, 8400], two)?.form).toBe('channels-first');
  });

  it.each([
    { shape: [1, 84, 8400], why: 'a detector of 80 classes', hints: coco },
    { shape: [1, 1000], why: 'a classifier', hints: coco },
    { shape: [1, 32, 160, 160], why: 'masks', hints: coco },
    { shape: [1, 68, 8400], why: 'other points', hints: coco },
    { shape: [1, 8, 8400], why: 'too few values', hints: untold },
    { shape: [1, 84, 8400], why: 'a detector of 80 classes that does not say so', hints: untold },
    { shape: [1, 8400, 84], why: 'the same with its axes swapped', hints: untold },
    { shape: [1, 300, 84], why: 'the same with the rows of an end-to-end model', hints: untold },
    { shape: [1, 116, 8400], why: 'a segmenter that does not say so', hints: untold },
    { shape: [1, 57, 8400], why: 'two classes that are named nowhere', hints: untold },
  ])('refuses $shape: $why', ({ shape, hints }) => {
    expect(detectLayout(shape, hints)).toBeUndefined();
  });

  it('is told in a refusal', () => {
    expect(fittingShapes(coco)).toBe('[n, 56, candidates], [n, candidates, 56] or, without NMS, [n, rows, 57]');
    expect(fittingShapes(untold)).toMatch(/^\[n, 56, candidates\], \[n, candidates, 56\] or, .* exactly one class\)$/);
    const shaped = { ...untold, keypointShape: { points: 5, valuesPerPoint: 2 as const } };
    expect(fittingShapes(shaped)).toContain('[n, 5 or more + 10, candidates]');
  });

  const whole = fc.integer({ min: 1, max: 400 });
  it('finds back what a shape was made of, and every place is within it', () => {
    const making = fc.record({
      points: fc.integer({ min: 1, max: 40 }),
      valuesPerPoint: fc.constantFrom(2 as const, 3 as const),
      classes: fc.integer({ min: 1, max: 20 }),
      batch: fc.integer({ min: 1, max: 4 }),
      candidates: whole,
      form: fc.constantFrom('channels-first' as const, 'candidates-first' as const, 'end-to-end' as const),
    });
    fc.assert(
      fc.property(making, ({ points, valuesPerPoint, classes, batch, candidates, form }) => {
        const pointValues = points * valuesPerPoint;
        const channels = form === 'end-to-end' ? 6 + pointValues : 4 + classes + pointValues;
        fc.pre(candidates !== channels && candidates !== 4 + classes + pointValues);
        const shape = form === 'channels-first' ? [batch, channels, candidates] : [batch, candidates, channels];
        const layout = detectLayout(shape, {
          keypointShape: { points, valuesPerPoint },
          names: Array.from({ length: classes }, (_, label) => `c${label}`),
          endToEnd: form === 'end-to-end',
          skeletonPoints: points,
        });
        expect(layout).toMatchObject({ form, batch, candidates, points, valuesPerPoint, classes });
        if (layout === undefined) return;
        const last =
          (candidates - 1) * layout.candidateStride + (layout.pointsAt + pointValues - 1) * layout.channelStride;
        expect(last).toBe(channels * candidates - 1);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.array(whole, { maxLength: 5 }), fc.constantFrom(coco, untold), (shape, hints) => {
        detectLayout(shape, hints);
      }),
    );
  });
});
