import { parsePortType } from '@kinegraph/core';

/** Families of port types that look alike on a canvas. */
export const PORT_FAMILIES = ['frame', 'landmarks', 'angles', 'labels', 'window', 'tensor', 'any'] as const;
export type PortFamily = (typeof PORT_FAMILIES)[number];

/** The family of a port type: `window` for any window, `any` for what is in no family or in several. */
export function portFamily(type: string): PortFamily {
  const parsed = parsePortType(type);
  if (parsed === undefined) return 'any';
  if (parsed.windows > 0) return 'window';
  const [first = ''] = type.split('/');
  return PORT_FAMILIES.find((family) => family === first) ?? 'any';
}
