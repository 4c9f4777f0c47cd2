import { z } from 'zod';

/** What a trace may be asked for with. */
export const TraceQuery = z.strictObject({
  /** How long is recorded. */
  seconds: z.coerce.number().min(1).max(60).default(5),
  token: z.string().optional(), // read where access is checked
});
export type TraceQuery = z.infer<typeof TraceQuery>;
