import { serviceId } from '@kinegraph/core';
import type { NodeHost as Host } from '@kinegraph/core/node';

/** The platform with the plugins that this server was started with. */
export type NodeHost = Host;
export const NodeHost = serviceId<NodeHost>('server.NodeHost');
