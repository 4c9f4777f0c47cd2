import { z } from 'zod';
import { Author } from '../../store/author.js';
import { GRAPH_ID } from '../../graphs/graph-ids.js';
import { GraphShape } from './graph.js';
import { Problem } from './problem.js';

export const GraphId = z
  .string()
  .regex(GRAPH_ID)
  .meta({ description: 'Lower-case letters, digits and dashes, 64 at most.', examples: ['kitchen', 'line-2'] });

export const Revision = z.int().min(1).meta({ description: 'Grows with each change of a graph; never used again.' });

/** What a writer has read. */
export const KnownRevision = z.int().min(0).meta({
  description:
    'The revision that the writer has read; 0 for a graph that is not there yet. 409 where it is not the newest.',
});

/** What people call a revision. */
export const RevisionName = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u)
  .meta({ description: 'One line, 120 characters at most.', examples: ['Before the new camera'] });

export const GraphSummary = z
  .object({
    id: z.string(),
    title: z.string().optional(),
    revision: z.int().min(0).meta({ description: 'The newest; 0 for a file that could never be read.' }),
    savedAt: z.iso.datetime().optional(),
    savedBy: Author.optional(),
    deployed: Revision.optional().meta({ description: 'The revision that is deployed, where one is.' }),
    problems: z
      .array(Problem)
      .meta({ description: 'What keeps its file from being read, which somebody changed by hand.' }),
  })
  .meta({ id: 'GraphSummary', description: 'A graph that this server keeps.' });

export const KeptGraph = z
  .object({
    id: z.string(),
    revision: Revision,
    name: RevisionName.optional(),
    savedAt: z.iso.datetime(),
    savedBy: Author,
    graph: GraphShape,
    problems: z
      .array(Problem)
      .meta({ description: 'What keeps it from running on this server, and what is worth knowing.' }),
  })
  .meta({ id: 'KeptGraph', description: 'A graph as it is saved.' });

export const RevisionInfo = z
  .object({
    revision: Revision,
    action: z.enum(['put', 'restore', 'delete']),
    title: z.string().optional(),
    name: RevisionName.optional(),
    restored: Revision.optional().meta({ description: 'The revision whose document this is.' }),
    savedAt: z.iso.datetime(),
    savedBy: Author,
  })
  .meta({ id: 'Revision', description: 'One change in the history of a graph.' });

export const AuditEvent = z
  .object({
    id: z.int(),
    at: z.iso.datetime(),
    action: z
      .string()
      .meta({ description: 'What was done, as `putGraph`; `request` of one that was refused before that began.' }),
    target: z.string().meta({ description: 'To what, as `graphs/hands`; of a `request` its path.' }),
    outcome: z.enum(['ok', 'refused', 'failed']),
    status: z.int().optional(),
    by: Author,
    from: z.string().optional().meta({ description: 'The address it came from.' }),
    requestId: z.string().optional(),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .meta({ id: 'AuditEvent', description: 'Something that was done, or tried.' });
