import { z } from 'zod';

/** A skeleton file of a plugin: names and connections of a landmark set. */
export const SkeletonFile = z
  .strictObject({
    $schema: z.string().optional(),
    id: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/, { error: 'it must be lower-case letters, digits and dashes, for example "hand-21"' })
      .meta({ description: 'The port type of its landmarks is "landmarks/<id>".' }),
    title: z.string().min(1),
    points: z.array(z.string().min(1)).min(1).meta({ description: 'Names in the order of the landmarks.' }),
    connections: z
      .array(z.tuple([z.int().min(0), z.int().min(0)]))
      .meta({ description: 'Pairs of indices into "points" to draw as bones.' }),
  })
  .meta({ title: 'Kinegraph skeleton' });
export type SkeletonFile = z.infer<typeof SkeletonFile>;

/** What is wrong between the fields of a skeleton, as a sentence part; undefined when it is good. */
export function skeletonFault({ points, connections }: SkeletonFile): string | undefined {
  const twice = points.find((name, index) => points.indexOf(name) !== index);
  if (twice !== undefined) return `the point "${twice}" is listed twice`;
  const outside = connections.find((pair) => pair.some((index) => index >= points.length));
  if (outside !== undefined)
    return `the connection [${outside.join(', ')}] leads past the last point, which is ${points.length - 1}`;
  return undefined;
}
