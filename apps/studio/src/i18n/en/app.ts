/** What stands on every page. */
export const app = {
  'app.title': 'Kinegraph',
  'nav.graphs': 'Graphs',
  'theme.toDark': 'Dark colours',
  'theme.toLight': 'Light colours',
  'failed.paste': 'What was copied is no graph: {message}',
  'failed.api': 'The server says: {message}',
  'failed.offline': 'The server cannot be reached.',
  'failed.retry': 'Try again',
  'failed.dismiss': 'Dismiss',
} as const;
