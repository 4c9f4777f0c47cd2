import type { GraphDocument, NodeTypeDescriptor, PortAddress } from '@kinegraph/core';
import { resolveConfig } from '@kinegraph/core';
import type { ConnectionCheck } from '../connection-check.js';
import type { Place } from '../node-edits.js';
import type { WireEndsToLay } from '../wire-edits.js';

/** Inputs without a wire. */
export function openInputs(
  document: GraphDocument,
  check: ConnectionCheck,
): readonly { readonly to: PortAddress; readonly isOptional: boolean }[] {
  const wired = new Set(document.wires.map(([, input]) => input));
  return Object.keys(document.nodes).flatMap((node) =>
    Object.entries(check.ports(node)?.inputs ?? {})
      .filter(([port]) => !wired.has(`${node}.${port}`))
      .map(([port, { optional }]) => ({ to: { node, port }, isOptional: optional === true })),
  );
}

/** True for a type that one wire and no configuration are enough for, so that putting one in mends rather than breaks. */
export function worksAsItIs({ kind, inputs, configSchema }: NodeTypeDescriptor): boolean {
  const required = Object.values(inputs).filter(({ optional }) => optional !== true);
  return kind !== 'sink' && required.length <= 1 && resolveConfig(configSchema, {}).problems.length === 0;
}

/** In the middle of a wire. */
export function between({ layout }: GraphDocument, { from, to }: WireEndsToLay): Place {
  const [a, b] = [layout?.[from.node], layout?.[to.node]];
  return { x: ((a?.x ?? 0) + (b?.x ?? a?.x ?? 0)) / 2, y: ((a?.y ?? 0) + (b?.y ?? a?.y ?? 0)) / 2 };
}
