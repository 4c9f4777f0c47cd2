import type { PluginState } from '@kinegraph/core';
import { stateSamples } from './metric.js';
import type { MetricDefinition } from './metric.js';

const PLUGIN_STATES: readonly PluginState[] = ['listed', 'active', 'failed', 'refused'];

/** What concerns the server as a whole. */
export const SERVER_METRICS: readonly MetricDefinition[] = [
  {
    name: 'kinegraph_build_info',
    type: 'gauge',
    help: 'Always 1; its labels tell what runs',
    labels: ['version', 'node_version'],
    read: ({ version }) => [{ labels: { version, node_version: process.version }, value: 1 }],
  },
  {
    name: 'kinegraph_plugin_state',
    type: 'gauge',
    help: '1 for the state that the plugin is in, 0 for the others; listed: not loaded, since no graph needs it yet',
    labels: ['plugin', 'version', 'state'],
    read: ({ plugins }) => {
      // A plugin that was added twice is listed twice; one series has to stand for both, and the last state counts.
      const byName = new Map(plugins.map((plugin) => [`${plugin.name} ${plugin.version}`, plugin]));
      return [...byName.values()].flatMap(({ name, version, state }) =>
        stateSamples(PLUGIN_STATES, state, { plugin: name, version }),
      );
    },
  },
  {
    name: 'kinegraph_websockets',
    type: 'gauge',
    help: 'WebSockets that are open, those of Socket.IO left out',
    labels: [],
    read: ({ sockets }) => [{ labels: {}, value: sockets }],
  },
  {
    name: 'kinegraph_previews_total',
    type: 'counter',
    help: 'JPEGs of frames that somebody asked for: encoded for them, or shared with those who asked before',
    labels: ['origin'],
    read: ({ previews }) =>
      previews === undefined
        ? []
        : [
            { labels: { origin: 'encoded' }, value: previews.encoded },
            { labels: { origin: 'cache' }, value: previews.shared },
          ],
  },
  {
    name: 'kinegraph_snapshots_unchanged_total',
    type: 'counter',
    help: 'Requests for a snapshot that were answered with 304, since the client has it',
    labels: [],
    read: ({ unchangedPictures }) => [{ labels: {}, value: unchangedPictures }],
  },
];
