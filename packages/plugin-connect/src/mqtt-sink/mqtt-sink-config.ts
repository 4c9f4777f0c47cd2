import { z } from 'zod';
import { queueSettings, receiverName } from '../settings/queue-settings.js';

/** Text without wildcards, and placeholders that there are. */
// oxlint-disable-next-line no-control-regex -- a topic may not have it
const TOPIC = /^(?!\$)(?:[^+#{}\u0000]|\{(?:run|sink|source)\})+$/;

/** Configuration of `connect.sink.mqtt`. */
export const MqttSinkConfig = z
  .strictObject({
    connection: receiverName.meta({
      title: 'Connection',
      description: "A broker of the server's settings, by its name there.",
      examples: ['hall'],
    }),
    topic: z
      .string()
      .max(512)
      .regex(TOPIC)
      .default('kinegraph/{run}/{sink}')
      .meta({
        title: 'Topic',
        description:
          'Where results are published, below the prefix that the connection may have. {run}, {sink} and {source} stand for ' +
          'the names of the run, of this node and of the source that a result comes from.',
      }),
    qos: z.literal([0, 1]).default(1).meta({
      title: 'Quality of service',
      description: '1: sent until the broker confirms, perhaps twice. 0: sent once, and lost with the connection.',
    }),
    retain: z.boolean().default(false).meta({
      title: 'Retain',
      description: 'The broker keeps the newest result and gives it to those who subscribe later.',
    }),
    unconfirmed: z.int().min(1).max(1000).default(16).meta({
      title: 'Unconfirmed results',
      description: 'How many may be under way before the broker has to confirm one.',
    }),
    ...queueSettings,
  })
  .meta({ title: 'MQTT' });
export type MqttSinkConfig = z.infer<typeof MqttSinkConfig>;
