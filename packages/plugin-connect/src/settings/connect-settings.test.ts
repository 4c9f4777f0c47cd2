import { RecordingLogger } from '@kinegraph/core/testing';
import { describe, expect, it } from 'vitest';
import { ConnectSettingsError } from '../connect-errors.js';
import { readConnectSettings, receiverOf } from './connect-settings.js';
import { warnOfWeakness } from './weakness.js';

const SECRET = `whsec_${'s3cretS3cret'.repeat(3)}`;

function faultsOf(settings: unknown): readonly string[] {
  try {
    readConnectSettings(settings);
    return [];
  } catch (error) {
    if (error instanceof ConnectSettingsError) return error.data.faults;
    throw error;
  }
}
const broker = (settings: object): unknown => ({ connections: { hall: { url: 'mqtts://b.example', ...settings } } });
const hook = (settings: object): unknown => ({ webhooks: { crm: { url: 'https://h.example/x?key=1', ...settings } } });

describe('The settings of the plugin', () => {
  it('may be left out', () => {
    expect(readConnectSettings({})).toEqual({ connections: {}, webhooks: {} });
  });

  it.each([
    broker({}),
    broker({ url: 'mqtt://[::1]:1884/', username: 'a', password: 'b', topicPrefix: 'site/', clientId: 'hall-1' }),
    broker({ username: 'a', passwordFile: '/run/secrets/hall', caFile: 'ca.pem', certFile: 'c.pem', keyFile: 'k.pem' }),
    hook({ secret: SECRET, headers: { Authorization: 'Bearer x' } }),
  ])('take %j', (settings) => {
    expect(faultsOf(settings)).toEqual([]);
  });

  it.each([
    [broker({ url: 'ftp://hidden.example' }), 'connections.hall.url'],
    [broker({ url: 'mqtt://user:hidden@b.example' }), 'connections.hall.url'],
    [broker({ url: 'mqtt://b.example/hidden' }), 'connections.hall.url'],
    [broker({ password: 'hidden' }), 'must have a username'],
    [broker({ username: 'a', password: 'hidden', passwordFile: 'hidden' }), 'not both'],
    [broker({ certFile: 'hidden' }), 'or neither'],
    [broker({ topicPrefix: 'hidden/#' }), 'connections.hall.topicPrefix'],
    [hook({ url: 'https://user:hidden@h.example/' }), 'webhooks.crm.url'],
    [hook({ secret: 'hidden' }), 'webhooks.crm.secret'],
    [hook({ headers: { Host: 'hidden' } }), 'headers that Kinegraph sets'],
    [hook({ headers: { 'X-Key': 'hidden\r\nX: y' } }), 'webhooks.crm.headers'],
    [{ connections: { 'a b': { url: 'mqtt://b.example' } } }, 'connections.a b'],
    [{ brokers: {} }, 'brokers'],
  ])('refuse %j and say where, without the value', (settings, where) => {
    const said = faultsOf(settings).join();
    expect(said).toContain(where);
    expect(said).not.toContain('hidden');
  });

  it('tell which receivers there are where a graph names another', () => {
    const { webhooks } = readConnectSettings(hook({}));
    expect(receiverOf('webhooks', webhooks, 'crm').url).toContain('h.example');
    for (const name of ['erp', 'constructor', '__proto__'])
      expect(() => receiverOf('webhooks', webhooks, name)).toThrow(
        `"${name}" is not among the webhooks of this server`,
      );
  });
});

it.each([
  ['mqtts://b.example', false, true, []],
  ['mqtts://b.example', true, true, ['any certificate is trusted']],
  ['mqtt://b.example', false, true, ['unencrypted']],
  ['mqtt://b.example', false, false, []],
  ['mqtt://127.0.0.1', false, true, []],
])('of %s (insecure: %s, secret: %s) is warned as it should be', (url, insecure, hasSecret, words) => {
  const logger = new RecordingLogger();
  warnOfWeakness({ receiver: 'hall', url: new URL(url), insecure, hasSecret, logger });
  expect(logger.lines).toHaveLength(words.length);
  for (const [index, word] of words.entries()) expect(logger.lines[index]?.message).toContain(word);
});
