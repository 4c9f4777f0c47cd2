import { redactUrl } from './redact.js';

/** A camera or stream of the network: `rtsp`, `rtsps`, `http` or `https`. */
export interface UrlInput {
  readonly kind: 'url';
  /** With user name and password, percent-encoded. Never to be shown; see `subjectOf`. */
  readonly url: string;
  /** How RTSP carries the picture. The others go over TCP always. */
  readonly transport: 'tcp' | 'udp';
}

/** FFmpeg's names for the cameras of Linux, macOS and Windows. */
export type DeviceFormat = 'v4l2' | 'avfoundation' | 'dshow';

/** A camera of this machine. */
export interface DeviceInput {
  readonly kind: 'device';
  readonly format: DeviceFormat;
  /** As the platform names it: `/dev/video0`, `0`, `Integrated Camera`. */
  readonly device: string;
  /** What to ask of the camera. Left out: what it does by itself. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly fps?: number;
}

/** Something that gives frames as they happen, and never ends by itself. */
export type LiveInput = UrlInput | DeviceInput;

/** How to call a live input in a log or an error: without user name, password and query. */
export function subjectOfLive(input: LiveInput): string {
  return input.kind === 'url' ? redactUrl(input.url) : `device:${input.device}`;
}

/** An HLS playlist: its frames come a segment at a time. */
export function isPlaylist(input: LiveInput): boolean {
  return input.kind === 'url' && /^https?:/i.test(input.url) && /\.m3u8$/i.test(new URL(input.url).pathname);
}

/**
 * Whether the stream's own times can be believed. Motion JPEG over HTTP carries none, and FFmpeg invents 25 frames a
 * second for it, so those frames are timed by when they come.
 */
export function hasStreamTimes(input: LiveInput): boolean {
  return input.kind === 'device' || input.url.startsWith('rtsp') || isPlaylist(input);
}
