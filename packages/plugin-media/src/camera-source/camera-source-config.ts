import { z } from 'zod';
import { decoderSettings } from '../decoder/decoder-settings.js';

/** Variables that may be named start so: a graph must not be able to send any other secret of the server to an address of its choice. */
export const PASSWORD_PREFIX = 'KINEGRAPH_CAMERA_';

/** Configuration of `media.source.camera`. */
export const CameraSourceConfig = z
  .strictObject({
    url: z
      .string()
      .min(1)
      .meta({
        title: 'Address',
        description:
          'rtsp://, rtsps://, http:// or https:// (Motion JPEG, or HLS where the path ends with .m3u8), or device: and the name of a ' +
          'local camera. Better without a password in it; see username and passwordEnv.',
        examples: ['rtsp://192.168.1.20/stream1', 'http://camera.local/video.mjpg', 'device:/dev/video0'],
      }),
    username: z.string().max(256).default('').meta({
      title: 'User name',
      description: 'Left empty: the one in the address, if there is one.',
    }),
    passwordEnv: z
      .string()
      .regex(/^(KINEGRAPH_CAMERA_[A-Z0-9_]+)?$/)
      .default('')
      .meta({
        title: 'Password variable',
        description: `The environment variable of the server that holds the password; its name begins with ${PASSWORD_PREFIX}.`,
        examples: ['KINEGRAPH_CAMERA_DOOR'],
      }),
    transport: z.enum(['tcp', 'udp']).default('tcp').meta({
      title: 'RTSP transport',
      description:
        'tcp loses nothing and passes firewalls; udp never waits for a lost packet and shows damage instead.',
    }),
    captureSize: z
      .string()
      .regex(/^(\d{2,5}x\d{2,5})?$/)
      .default('')
      .meta({
        title: 'Capture size',
        description: 'Local cameras: width x height to ask for. Left empty: what the camera does by itself.',
        examples: ['1280x720'],
      }),
    captureFps: z.number().gt(0).max(1000).optional().meta({
      title: 'Capture rate (frames/s)',
      description: 'Local cameras: the rate to ask for. Left empty: what the camera does by itself.',
    }),
    ...decoderSettings,
    frameTimeoutMs: z.int().min(1000).max(600_000).default(10_000).meta({
      title: 'Time limit for a frame (ms)',
      description: 'A connection that gives no frame for this long is closed and made anew.',
    }),
  })
  .meta({ title: 'Camera' });
export type CameraSourceConfig = z.infer<typeof CameraSourceConfig>;
