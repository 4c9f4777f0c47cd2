import type { NodeTypeDescriptor } from '@kinegraph/core';
import type { PortNames } from '@kinegraph/ui/components';

/** The ports as a node of this type has them at first. */
export const portsOf = ({ inputs, outputs }: NodeTypeDescriptor): PortNames => ({
  inputs: Object.keys(inputs).map((port) => ({ port })),
  outputs: Object.keys(outputs).map((port) => ({ port })),
});
