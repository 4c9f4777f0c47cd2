import { createHash } from 'node:crypto';

const REALM = 'camera';
const NONCE = '4b474652';

/** Who may come, and how they have to show it (RFC 7617 and RFC 2069, as cameras do). */
export interface RtspLogin {
  readonly scheme: 'basic' | 'digest';
  readonly user: string;
  readonly password: string;
}

/** What to ask a client for that has not logged in. */
export function challengeOf({ scheme }: RtspLogin): string {
  return scheme === 'basic' ? `Basic realm="${REALM}"` : `Digest realm="${REALM}", nonce="${NONCE}"`;
}

/** @param header - the client's Authorization */
export function isLoggedIn(login: RtspLogin, method: string, header: string | undefined): boolean {
  if (header === undefined) return false;
  const { scheme, user, password } = login;
  if (scheme === 'basic') return header === `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const uri = /uri="([^"]*)"/.exec(header)?.[1] ?? '';
  const answer = md5(`${md5(`${user}:${REALM}:${password}`)}:${NONCE}:${md5(`${method}:${uri}`)}`);
  return (
    header.startsWith('Digest ') && header.includes(`username="${user}"`) && header.includes(`response="${answer}"`)
  );
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
