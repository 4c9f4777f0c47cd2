/**
 * The containers that a file source opens, by FFmpeg's names. A list, because FFmpeg would also open playlists and scripts
 * (`hls`, `concat`, `dash`, `sdp`), which make it read other files and addresses, and show plain text as a picture (`tty`).
 */
export const VIDEO_CONTAINERS = [
  'mov', 'mp4', 'matroska', 'webm', 'avi', 'mpegts', 'mpeg', 'mpegvideo', 'flv', 'live_flv', 'asf', 'ogg', 'mxf', 'nut',
  'yuv4mpegpipe', 'ivf', 'gif', 'apng', 'h264', 'hevc', 'av1', 'obu', 'm4v', 'mjpeg', 'mpjpeg', 'rm', 'wtv', 'dv', 'vob', 'gxf',
  'swf', 'roq', 'bink', 'h263', 'h261', 'vc1', 'dirac', 'cavsvideo',
].join(',');
