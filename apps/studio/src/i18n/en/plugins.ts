/** Plugins of the server. */
export const plugins = {
  'nav.plugins': 'Plugins',
  'plugins.active': 'Active',
  'plugins.listed': 'Not needed yet',
  'plugins.failed': 'Failed',
  'plugins.refused': 'Refused',
  'plugins.activation': 'ready after {time}',
  'plugins.nodes': 'Nodes ({count})',
  'plugins.models': 'Models ({count})',
  'plugins.skeletons': 'Skeletons ({count})',
  'plugins.noVersion': 'no version',
  'plugins.ports': '{inputs} → {outputs}',
  'plugins.nothing': 'nothing',
} as const;
