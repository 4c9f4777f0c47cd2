/** The canvas of the editor. */
export const canvas = {
  'canvas.addNode': 'Add a node…',
  'canvas.addFitting': 'Add what fits {port}',
  'canvas.nothingFits': 'No node fits.',
} as const;
