import { MqttSinkConfig } from './mqtt-sink/mqtt-sink-config.js';
import { WebhookSinkConfig } from './webhook-sink/webhook-sink-config.js';

/** The configuration schemas that the build writes to `schemas/`. */
export const schemas = {
  'mqtt-sink.json': MqttSinkConfig,
  'webhook-sink.json': WebhookSinkConfig,
};
