/** The list of graphs. */
export const graphs = {
  'graphs.title': 'Graphs',
  'graphs.none': 'This server keeps no graphs yet.',
  'graphs.new': 'New graph',
  'graphs.newName': 'Name of the new graph',
  'graphs.nameHint': 'Lower-case letters, digits and dashes.',
  'graphs.open': 'Open',
  'graphs.revision': 'Revision {revision}',
  'graphs.deployed': 'Revision {revision} runs',
  'graphs.notDeployed': 'Does not run',
  'graphs.running': 'Graphs that run',
} as const;
