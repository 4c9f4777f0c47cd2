import { z } from 'zod';
import { operation } from '../operation.js';
import { NodeType, PluginInfo, Skeleton } from '../shapes/catalog.js';

export const listNodeTypes = operation({
  id: 'listNodeTypes',
  method: 'get',
  path: '/api/v1/node-types',
  scope: 'view',
  tag: 'Catalogue',
  summary: 'The node types of all plugins, with ports and configuration.',
  answer: { status: 200, description: 'By type.', schema: z.object({ nodeTypes: z.array(NodeType) }) },
  errors: [],
});

export const listPlugins = operation({
  id: 'listPlugins',
  method: 'get',
  path: '/api/v1/plugins',
  scope: 'view',
  tag: 'Catalogue',
  summary: 'The plugins, their states and what is wrong with them.',
  answer: { status: 200, description: 'The plugins.', schema: z.object({ plugins: z.array(PluginInfo) }) },
  errors: [],
});

export const listSkeletons = operation({
  id: 'listSkeletons',
  method: 'get',
  path: '/api/v1/skeletons',
  scope: 'view',
  tag: 'Catalogue',
  summary: 'The points and bones of the skeletons.',
  answer: { status: 200, description: 'The skeletons.', schema: z.array(Skeleton) },
  errors: [],
});
