import { CameraPasswordError, CameraUrlError } from '../camera-errors.js';
import { subjectOfLive } from '../decoder/live-input.js';
import type { DeviceFormat, DeviceInput, LiveInput } from '../decoder/live-input.js';
import { redactUrl } from '../decoder/redact.js';
import type { CameraSourceConfig } from './camera-source-config.js';

const SCHEMES = ['rtsp:', 'rtsps:', 'http:', 'https:'];
const DEVICE = /^device:/i;

/** Checked here and not by the schema, whose message would show the address with its password. */
const LONGEST_URL_CHARS = 2048;

/** The keys of the configuration that say where the camera is. */
export type CameraAddress = Pick<
  CameraSourceConfig,
  'url' | 'username' | 'passwordEnv' | 'transport' | 'captureSize' | 'captureFps'
>;

/**
 * What to open.
 *
 * @param env - where the password is looked up
 * @param platform - as `process.platform`
 * @throws CameraUrlError, CameraPasswordError
 */
export function liveInputOf(
  config: CameraAddress,
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): LiveInput {
  const text = config.url.trim();
  if (DEVICE.test(text)) return deviceOf(text.replace(DEVICE, ''), config, platform);
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new CameraUrlError({ camera: redactUrl(text), fault: 'it is no URL' });
  }
  const camera = redactUrl(url.href);
  if (text.length > LONGEST_URL_CHARS) {
    const fault = `it has ${text.length} characters, of ${LONGEST_URL_CHARS} at most`;
    throw new CameraUrlError({ camera: `${camera.slice(0, 100)}...`, fault });
  }
  if (!SCHEMES.includes(url.protocol)) {
    throw new CameraUrlError({ camera, fault: `cameras cannot be reached by ${url.protocol}` });
  }
  if (url.hostname === '') throw new CameraUrlError({ camera, fault: 'it names no host' });
  if (config.username !== '') url.username = config.username;
  if (config.passwordEnv !== '') {
    const password = env[config.passwordEnv];
    if (password === undefined) throw new CameraPasswordError({ camera, variable: config.passwordEnv });
    url.password = password;
  }
  url.hash = '';
  return { kind: 'url', url: url.href, transport: config.transport };
}

/** How `NetworkAccess` is asked about an input. */
export function accessUrlOf(input: LiveInput): string {
  return subjectOfLive(input).replace(/\?\*\*\*$/, '');
}

function deviceOf(device: string, config: CameraAddress, platform: NodeJS.Platform): DeviceInput {
  if (device === '') throw new CameraUrlError({ camera: 'device:', fault: 'it names no device' });
  const [width = 0, height = 0] = config.captureSize === '' ? [] : config.captureSize.split('x').map(Number);
  return {
    kind: 'device',
    format: deviceFormatOf(platform),
    device,
    ...(width === 0 ? {} : { size: { width, height } }),
    ...(config.captureFps === undefined ? {} : { fps: config.captureFps }),
  };
}

function deviceFormatOf(platform: NodeJS.Platform): DeviceFormat {
  switch (platform) {
    case 'win32':
      return 'dshow';
    case 'darwin':
      return 'avfoundation';
    default:
      return 'v4l2';
  }
}
