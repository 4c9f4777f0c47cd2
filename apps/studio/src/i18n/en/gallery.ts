/** Graphs that plugins contribute. */
export const gallery = {
  'gallery.title': 'Examples',
  'gallery.about': 'Graphs that come with the plugins. Each becomes a graph of your own.',
  'gallery.open': 'Open',
  'gallery.openOf': 'Open {title} as a draft',
  'gallery.run': 'Run',
  'gallery.runOf': 'Run {title}',
  'gallery.starting': 'Starting …',
  'gallery.shows': 'Shows',
  'gallery.clip': 'Clip',
  'gallery.noClip':
    '{name} is in no folder that graphs may read: put it into the workspace, or add its folder to media.folders.',
  'gallery.models': 'Models',
  'gallery.noModels': 'none',
  'gallery.missing': '{model} is not there',
  'gallery.fetch': 'Fetch it',
  'gallery.started': '{title} runs as {id}.',
} as const;
