import { readUrl, serviceId } from '@kinegraph/core/plugin';
import { z } from 'zod';
import { ConnectSettingsError, ConnectUnknownError } from '../connect-errors.js';

/** How receivers may be called: what a graph says to choose one. */
export const RECEIVER_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Headers that this plugin, or HTTP itself, sets. */
const OWN_HEADERS = /^(?:webhook-.*|host|connection|content-.*|transfer-encoding|user-agent|expect|upgrade)$/i;
const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
const HEADER_VALUE = /^[\t\u0020-\u007e]{0,4096}$/;
/** The form that Standard Webhooks gives secrets: 24 to 64 random bytes. */
export const SIGNING_SECRET = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/;

const File = z.string().min(1).max(4096);

/** What both kinds of receivers may say of TLS. */
const tls = {
  /** Certificates (PEM) of the authorities to trust, in place of the well-known ones. */
  ca: z.string().min(1).max(1_000_000).optional(),
  /** A file of such certificates. */
  caFile: File.optional(),
  /** Certificate and key (PEM) that this side shows. */
  certFile: File.optional(),
  keyFile: File.optional(),
  /** Trusts every certificate, and says so in the log each time. */
  insecure: z.boolean().default(false),
};

const MqttConnection = z
  .strictObject({
    url: z
      .string()
      .max(2048)
      .refine(
        (text) => isPlainUrl(text, ['mqtt:', 'mqtts:']) && /^[^:]+:\/\/[^/?]+\/?$/.test(text),
        'must be mqtt:// or mqtts:// with a host and perhaps a port, without user name, password and path',
      ),
    username: z.string().min(1).max(1024).optional(),
    password: z.string().max(4096).optional(),
    /** A file that holds the password; line breaks at its end do not count. */
    passwordFile: File.optional(),
    /** How client ids begin; each connection adds 8 characters of its own. */
    clientId: z
      .string()
      .regex(/^[A-Za-z0-9._-]{1,64}$/)
      .default('kinegraph'),
    /** What all topics begin with, so that graphs publish nowhere else. */
    topicPrefix: z
      .string()
      .max(512)
      // oxlint-disable-next-line no-control-regex -- a topic may not have it
      .regex(/^[^+#\u0000]*$/)
      .default(''),
    ...tls,
  })
  .refine(hasWholePair, 'must have certFile and keyFile, or neither')
  .refine(({ password, passwordFile }) => password === undefined || passwordFile === undefined, {
    message: 'must have password or passwordFile, not both',
  })
  .refine((one) => one.username !== undefined || (one.password ?? one.passwordFile) === undefined, {
    message: 'must have a username where it has a password',
  });
/** A broker that sinks may publish to. */
export type MqttConnection = z.infer<typeof MqttConnection>;

const Webhook = z
  .strictObject({
    url: z
      .string()
      .max(2048)
      .refine(
        (text) => isPlainUrl(text, ['http:', 'https:']),
        'must be http:// or https:// with a host, without user name and password',
      ),
    /** Signs each message: `whsec_` and 24 to 64 bytes in base64. */
    secret: z.string().regex(SIGNING_SECRET, 'must be whsec_ and 24 to 64 bytes in base64').optional(),
    secretFile: File.optional(),
    /** Sent along, such as an Authorization. */
    headers: z
      .record(z.string().regex(HEADER_NAME), z.string().regex(HEADER_VALUE))
      .refine((headers) => !Object.keys(headers).some((name) => OWN_HEADERS.test(name)), {
        message: 'must not name headers that Kinegraph sets itself',
      })
      .default({}),
    ...tls,
  })
  .refine(hasWholePair, 'must have certFile and keyFile, or neither')
  .refine(({ secret, secretFile }) => secret === undefined || secretFile === undefined, {
    message: 'must have secret or secretFile, not both',
  });
/** An address that sinks may post to. */
export type Webhook = z.infer<typeof Webhook>;

/** The operator's settings of this plugin: receivers by name, with their secrets, none of which a graph ever sees. */
export const ConnectSettings = z.strictObject({
  connections: z.record(z.string().regex(RECEIVER_NAME), MqttConnection).default({}),
  webhooks: z.record(z.string().regex(RECEIVER_NAME), Webhook).default({}),
});
export type ConnectSettings = z.infer<typeof ConnectSettings>;
export const ConnectSettingsService = serviceId<ConnectSettings>('connect.ConnectSettings');

/** The operator's settings, checked. @throws ConnectSettingsError */
export function readConnectSettings(value: unknown): ConnectSettings {
  const { data, error } = ConnectSettings.safeParse(value);
  if (data !== undefined) return data;
  // The checker's sentences tell what is allowed, and no values.
  const faults = error.issues.map(({ path, message }) => `"${path.map(String).join('.')}": ${message}`);
  throw new ConnectSettingsError({ faults });
}

/** A receiver by its name. @throws ConnectUnknownError */
export function receiverOf<Receiver>(
  list: 'connections' | 'webhooks',
  all: Readonly<Record<string, Receiver>>,
  name: string,
): Receiver {
  const found = Object.hasOwn(all, name) ? all[name] : undefined;
  if (found === undefined) throw new ConnectUnknownError({ list, name, known: Object.keys(all).sort() });
  return found;
}

function isPlainUrl(text: string, protocols: readonly string[]): boolean {
  const url = readUrl(text);
  if (url === undefined || !protocols.includes(url.protocol)) return false;
  return url.hostname !== '' && url.username === '' && url.password === '' && url.hash === '';
}

function hasWholePair({ certFile, keyFile }: { certFile?: string | undefined; keyFile?: string | undefined }): boolean {
  return (certFile === undefined) === (keyFile === undefined);
}
