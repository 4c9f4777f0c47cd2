import { VIDEO_CONTAINERS } from './containers.js';
import { isPlaylist } from './live-input.js';
import type { LiveInput, UrlInput } from './live-input.js';

/** The child gives up by itself a little after the parent would have killed it: that is for parents that died. */
const CHILD_PATIENCE_MS = 2000;
/** Kernel memory for UDP: a key frame of a 4K camera comes as one burst. */
const UDP_BUFFER_BYTES = 1024 * 1024;
/** How long a UDP packet that overtook another one is held back, in packets and microseconds. */
const REORDER_PACKETS = 64;
const REORDER_US = 100_000;

/**
 * What FFmpeg is to be told when it opens a live input, the same for both drivers.
 *
 * As little as possible is read before the first frame: no frame rate is estimated, which alone would take twenty frames.
 * The flag `nobuffer` is left out on purpose: it throws away what was read so far, the first key frame with it, and so
 * delays the first picture by up to a whole key frame distance; once the stream runs it changes nothing.
 */
export function liveOptions(input: LiveInput, frameTimeoutMs: number): Record<string, string> {
  const probing = { fpsprobesize: '0', analyzeduration: '1000000' };
  if (input.kind === 'device') {
    const { size, fps } = input;
    return {
      ...probing,
      format_whitelist: input.format,
      ...(size === undefined ? {} : { video_size: `${size.width}x${size.height}` }),
      ...(fps === undefined ? {} : { framerate: String(fps) }),
    };
  }
  const patienceUs = String((frameTimeoutMs + CHILD_PATIENCE_MS) * 1000);
  const isRtsp = input.url.startsWith('rtsp');
  return { ...probing, ...(isRtsp ? rtspOptions(input, patienceUs) : httpOptions(input, patienceUs)) };
}

function rtspOptions({ transport }: UrlInput, patienceUs: string): Record<string, string> {
  return {
    rtsp_transport: transport,
    allowed_media_types: 'video', // a sound track is not even set up
    timeout: patienceUs,
    ...(transport === 'udp'
      ? {
          buffer_size: String(UDP_BUFFER_BYTES),
          reorder_queue_size: String(REORDER_PACKETS),
          max_delay: String(REORDER_US),
        }
      : {}),
    protocol_whitelist: 'rtp,rtcp,udp,tcp,tls',
    format_whitelist: 'rtsp,rtp,sdp',
  };
}

function httpOptions(input: UrlInput, patienceUs: string): Record<string, string> {
  return {
    rw_timeout: patienceUs,
    // No `file`: a playlist from the network must not make the decoder read this machine.
    protocol_whitelist: 'http,https,tcp,tls,crypto,data,httpproxy',
    ...(isPlaylist(input)
      ? { live_start_index: '-1', format_whitelist: 'hls,mpegts,mov,mp4,aac,mp3,ac3,eac3,webvtt' }
      : { format_whitelist: VIDEO_CONTAINERS }),
  };
}
