import type { WireStart } from '../../editing/index.js';

/** Id of a port's handle: inputs and outputs may share a name. */
export function handleId(side: WireStart['side'], port: string): string {
  return `${side}:${port}`;
}

/** What a handle stands for. */
export function portOfHandle(handle: string): Pick<WireStart, 'side' | 'port'> {
  const colon = handle.indexOf(':');
  return { side: handle.slice(0, colon) === 'input' ? 'input' : 'output', port: handle.slice(colon + 1) };
}
