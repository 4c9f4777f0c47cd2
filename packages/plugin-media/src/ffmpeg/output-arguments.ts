/** How ffmpeg is to talk: complaints with their level, nothing that moves. */
export const LOGGING = ['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+info'] as const;

/** The same, and how its filters are set up; see `resizedBy`. */
export const TALKING_LOGGING = ['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+verbose'] as const;

/** The first video track that is no cover picture. */
export const TRACK = ['-map', '0:V:0', '-an', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'] as const;

/**
 * Raw frames in NUT to standard output, each as it is: none doubled, none dropped, each at once. Times in microseconds,
 * whatever the frame rate; the default would round the times of variable frame rates.
 */
export const OUTPUT = [
  ...['-fps_mode', 'passthrough', '-c:v', 'rawvideo', '-enc_time_base', '1:1000000'],
  ...['-f', 'nut', '-write_index', '0', '-flush_packets', '1', 'pipe:1'],
] as const;
