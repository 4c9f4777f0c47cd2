import { z } from 'zod';

/** For clients that cannot set headers; looked at where access is checked. */
export const TokenQuery = z.object({
  token: z.string().optional().meta({ description: 'For clients that cannot set headers: a token.' }),
});
