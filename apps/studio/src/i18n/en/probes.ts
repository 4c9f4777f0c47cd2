/** Probes: looking at what wires carry. */
export const probes = {
  'probes.title': 'Probes',
  'probes.none': 'Point at a wire of a graph that runs to see what it carries; pin it to keep it here.',
  'probes.nothing': 'Nothing has come yet.',
  'probes.runsNot': 'The graph does not run.',
  'probes.notInRun': '{node} is not in the run.',
  'probes.of': 'What leaves {port}',
  'probes.pin': 'Pin a probe',
  'probes.unpin': 'Unpin the probe of {port}',
  'probes.window': '{packets} packets, {seconds} s',
} as const;
