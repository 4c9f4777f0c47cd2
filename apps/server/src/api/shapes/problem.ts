import { z } from 'zod';
import { Author } from '../../store/author.js';

/** What is wrong with a graph, or worth knowing about it. */
export const Problem = z
  .object({
    code: z.string().meta({ description: 'Stable, for example `GRAPH_UNKNOWN_NODE_TYPE`.' }),
    severity: z.enum(['error', 'warning']),
    pointer: z.string().meta({ description: 'JSON pointer to the place in the document.' }),
    message: z.string(),
    mend: z.string().optional().meta({ description: 'What to do about it, where that is known.' }),
    node: z.string().optional(),
    port: z.string().optional().meta({ description: 'The input of the node that it is of, where it is of one.' }),
    wire: z.string().optional().meta({ description: 'As written: "node.port > node.port".' }),
    line: z.int().optional(),
    column: z.int().optional(),
  })
  .meta({ id: 'Problem', description: 'What is wrong with a graph, or worth knowing about it.' });

/** What went wrong, as it is told of a run or a training. */
export const Fault = z
  .object({ code: z.string().meta({ description: 'Stable; docs/errors.md lists them.' }), message: z.string() })
  .meta({ id: 'Fault', description: 'What went wrong.' });

/** The body of every answer that says no. */
export const ErrorBody = z
  .object({
    error: z.object({
      code: z.string().meta({ description: 'Stable; docs/errors.md lists them.' }),
      message: z.string().meta({ description: 'What happened, the value met, what is allowed, what to do.' }),
      problems: z.array(Problem).optional().meta({ description: 'Where a graph is at fault.' }),
      current: z
        .object({
          revision: z.int().min(0).meta({ description: 'The newest; 0 for a graph that never was.' }),
          isDeleted: z.boolean().meta({ description: 'It was there and is no longer.' }),
          savedAt: z.string().optional().meta({ description: 'ISO 8601.' }),
          savedBy: Author.optional(),
        })
        .optional()
        .meta({ description: 'Where a graph was changed in between (`SERVER_GRAPH_CONFLICT`): what it is at now.' }),
    }),
  })
  .meta({ id: 'Error', description: 'The body of every answer that says no.' });
