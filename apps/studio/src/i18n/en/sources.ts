/** Cameras and other sources of all runs. */
export const sources = {
  'nav.sources': 'Sources',
  'sources.waiting': 'Waits for the first frame',
  'sources.live': 'Connected',
  'sources.stalled': 'Silent',
  'sources.reconnecting': 'Reconnecting',
  'sources.refused': 'Refused',
} as const;
