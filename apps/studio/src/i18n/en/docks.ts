/** What stands around the canvas. */
export const docks = {
  'docks.bottom': 'Below the canvas',
  'docks.fold': 'Show or hide what is below the canvas',
  'docks.sizeBottom': 'Height of what is below the canvas',
  'docks.sizeLive': 'Height of the live view',
  'docks.sizeSide': 'Width of the side',
} as const;
