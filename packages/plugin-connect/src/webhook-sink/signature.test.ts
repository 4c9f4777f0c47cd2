import { expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.js';
import { signatureOf } from './signature.js';

it('signs as the reference libraries of Standard Webhooks do', () => {
  const parts = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestampS: 1614265330, body: '{"test": 2432232314}' };
  const signature = signatureOf('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', parts);
  expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  expect(signatureOf('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', { ...parts, body: Buffer.from(parts.body) })).toBe(
    signature,
  );
});

it.each([
  ['7', 7000],
  [' 0 ', 0],
  ['Thu, 01 Jan 1970 00:01:40 GMT', 90_000],
  ['Thu, 01 Jan 1970 00:00:05 GMT', 0],
  ['soon', 0],
  ['-5', 0],
  ['9999999999999999999999', 3_600_000],
  [undefined, 0],
])('reads Retry-After: %s as %d ms', (header, waitMs) => {
  expect(retryAfterMs(header, 10_000)).toBe(waitMs);
});
