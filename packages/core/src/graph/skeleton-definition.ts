import { z } from 'zod';

/** Most points of a skeleton: far more than any that is known, and few enough to check at once. */
export const MAX_SKELETON_POINTS = 1024;

/** A skeleton as graph documents and files of plugins define it: names and connections of a landmark set. */
export const SkeletonDefinition = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/, { error: 'it must be lower-case letters, digits and dashes, for example "hand-21"' })
      .max(64)
      .meta({ description: 'The port type of its landmarks is "landmarks/<id>".' }),
    title: z.string().min(1).max(256),
    points: z
      .array(z.string().min(1).max(64))
      .min(1)
      .max(MAX_SKELETON_POINTS)
      .meta({ description: 'Names in the order of the landmarks.' }),
    connections: z
      .array(z.tuple([z.int().min(0), z.int().min(0)]))
      .max(4 * MAX_SKELETON_POINTS)
      .meta({ description: 'Pairs of indices into "points" to draw as bones.' }),
  })
  .meta({ title: 'Kinegraph skeleton' });
export type SkeletonDefinition = z.infer<typeof SkeletonDefinition>;

/** A skeleton file of a plugin. */
export const SkeletonFile = SkeletonDefinition.extend({ $schema: z.string().optional() }).meta({
  title: 'Kinegraph skeleton',
});
export type SkeletonFile = z.infer<typeof SkeletonFile>;

/** What is wrong between the fields of a skeleton, as a sentence part; undefined when it is good. */
export function skeletonFault({ id, points, connections }: SkeletonDefinition): string | undefined {
  if (id === 'mixed') return 'the id "mixed" stands for landmarks of several skeletons';
  const twice = points.find((name, index) => points.indexOf(name) !== index);
  if (twice !== undefined) return `the point "${twice}" is listed twice`;
  const outside = connections.find((pair) => pair.some((index) => index >= points.length));
  if (outside !== undefined)
    return `the connection [${outside.join(', ')}] leads past the last point, which is ${points.length - 1}`;
  return undefined;
}
