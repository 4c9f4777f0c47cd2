import type { ExportMetadata, KeypointShape } from './export-metadata.js';

/**
 * How an output holds people. `channels-first`: [batch, 4 + classes + points, candidates], boxes by centre and size;
 * `candidates-first`: the same with the last two axes swapped; `end-to-end`: [batch, candidates, 6 + points], boxes by
 * corners, then score and class, duplicates gone already.
 */
export type LayoutForm = 'channels-first' | 'candidates-first' | 'end-to-end';

/** Where in an output the numbers of a candidate are. */
export interface PoseLayout extends KeypointShape {
  readonly form: LayoutForm;
  readonly batch: number;
  readonly candidates: number;
  readonly classes: number;
  /** From a value of a candidate to its next one, in elements. */
  readonly channelStride: number;
  /** From a candidate to the next one, in elements. */
  readonly candidateStride: number;
  /** The first value of the points. */
  readonly pointsAt: number;
}

/** What is known of the model besides the shape of its output. */
export type LayoutHints = Pick<ExportMetadata, 'keypointShape' | 'names' | 'endToEnd'> & {
  /** Points of the skeleton, for exports that do not tell theirs. */
  readonly skeletonPoints: number;
};

/** Values before the points: a box, a score and a class. */
const END_TO_END_VALUES = 6;
const BOX_VALUES = 4;
/** Rows that exports without NMS give unless they are told otherwise. */
const USUAL_END_TO_END_ROWS = 300;

/**
 * The layout that a shape fits, if any. Shapes decide; `end2end` of the metadata only where a shape fits two layouts, which
 * it does with two classes. Without it such a shape counts as end-to-end where it has the usual 300 rows. Where the metadata
 * tell neither classes nor points it has to be one class: with any number, every detector and segmenter would be a pose model.
 * @param shape - of an output of the model: whole numbers from 1.
 */
export function detectLayout(shape: readonly number[], hints: LayoutHints): PoseLayout | undefined {
  const [batch, rows, columns] = shape;
  if (shape.length !== 3 || batch === undefined || rows === undefined || columns === undefined) return undefined;
  for (const keypointShape of possibleShapes(hints)) {
    const layout = layoutWith(keypointShape, { batch, rows, columns }, hints);
    if (layout !== undefined) return layout;
  }
  return undefined;
}

/** What would have fitted, for a refusal. */
export function fittingShapes(hints: LayoutHints): string {
  const [{ points, valuesPerPoint }] = possibleShapes(hints);
  const values = points * valuesPerPoint;
  const classes = hints.names?.length ?? (saysNothing(hints) ? 1 : undefined);
  const channels = classes === undefined ? `5 or more + ${values}` : `${BOX_VALUES + classes + values}`;
  const shapes = `[n, ${channels}, candidates], [n, candidates, ${channels}] or, without NMS, [n, rows, ${END_TO_END_VALUES + values}]`;
  return saysNothing(hints)
    ? `${shapes} (its metadata lack "names" and "kpt_shape", so it is read as one of exactly one class)`
    : shapes;
}

/** Whether a model tells neither its classes nor its points. */
function saysNothing({ names, keypointShape }: LayoutHints): boolean {
  return names === undefined && keypointShape === undefined;
}

/** Three values for a point come first: with the two values the same shape would mean many more classes. */
function possibleShapes({
  keypointShape,
  skeletonPoints,
}: LayoutHints): readonly [KeypointShape, ...(readonly KeypointShape[])] {
  if (keypointShape !== undefined) return [keypointShape];
  return [
    { points: skeletonPoints, valuesPerPoint: 3 },
    { points: skeletonPoints, valuesPerPoint: 2 },
  ];
}

function layoutWith(
  keypointShape: KeypointShape,
  { batch, rows, columns }: { batch: number; rows: number; columns: number },
  hints: LayoutHints,
): PoseLayout | undefined {
  const pointValues = keypointShape.points * keypointShape.valuesPerPoint;
  const classesOf = (channels: number, candidates: number): number | undefined => {
    const classes = channels - BOX_VALUES - pointValues;
    if (hints.names !== undefined) return classes === hints.names.length ? classes : undefined;
    if (saysNothing(hints)) return classes === 1 ? classes : undefined;
    return classes >= 1 && channels <= candidates ? classes : undefined; // the shorter axis must be that of the values
  };
  const [rowClasses, columnClasses] = [classesOf(rows, columns), classesOf(columns, rows)];
  const layout = (form: LayoutForm, classes: number): PoseLayout => ({
    ...keypointShape,
    form,
    batch,
    classes,
    candidates: form === 'channels-first' ? columns : rows,
    channelStride: form === 'channels-first' ? columns : 1,
    candidateStride: form === 'channels-first' ? 1 : columns,
    pointsAt: form === 'end-to-end' ? END_TO_END_VALUES : BOX_VALUES + classes,
  });
  if (columns === END_TO_END_VALUES + pointValues) {
    const isOnly = rowClasses === undefined && columnClasses === undefined;
    if (isOnly || (hints.endToEnd ?? rows === USUAL_END_TO_END_ROWS))
      return layout('end-to-end', hints.names?.length ?? 1);
  }
  if (rowClasses !== undefined) return layout('channels-first', rowClasses);
  return columnClasses === undefined ? undefined : layout('candidates-first', columnClasses);
}
