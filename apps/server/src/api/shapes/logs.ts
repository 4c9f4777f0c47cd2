import { z } from 'zod';
import { TokenQuery } from './token-query.js';

/** What of the log is asked for. */
export const LogQuery = TokenQuery.extend({
  limit: z.coerce.number().int().min(0).max(2000).default(200).meta({ description: 'Lines of before.' }),
});

/** What events of the log are. */
export const LOG_EVENTS =
  'Each is one line: `{"id", "at", "level", "message", "run", "node", "plugin", "code"}`, the last four only where they are told. ' +
  'A client that reads too slowly gets `{"missed"}`, how many it did not get.';
