import { z } from 'zod';

/** Who did something. */
export const Author = z
  .strictObject({
    kind: z.enum(['anyone', 'token', 'session', 'cli', 'file', 'server', 'unknown']).meta({
      description:
        '`anyone`: a program of the same machine, of whom no token is demanded. `file`: somebody changed the file by hand. `server`: the server itself. `unknown`: nobody whom the server knows.',
    }),
    tokenId: z.string().max(100).optional().meta({ description: 'Id of the token, where one was shown.' }),
    name: z.string().max(200).optional().meta({ description: 'What the token is called.' }),
  })
  .meta({ id: 'Author', description: 'Who did something.' });
export type Author = Readonly<z.infer<typeof Author>>;

/** Somebody changed a file by hand. */
export const BY_FILE: Author = { kind: 'file' };

/** `token "ci"`, for sentences. */
export function authorText({ kind, tokenId, name }: Author): string {
  const called = name ?? tokenId;
  if (called !== undefined) return `${kind} "${called}"`;
  return {
    anyone: 'somebody on this machine',
    token: 'a token',
    session: 'a session',
    cli: 'the command line',
    file: 'hand, in its file',
    server: 'the server',
    unknown: 'somebody unknown',
  }[kind];
}
