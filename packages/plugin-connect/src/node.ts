/** The plugin's entry for the server. */
import type { PluginContext } from '@kinegraph/core/plugin';
import { connectModule } from './connect-module.js';
import { MqttSink } from './mqtt-sink/mqtt-sink.js';
import { readConnectSettings } from './settings/connect-settings.js';
import { WebhookSink } from './webhook-sink/webhook-sink.js';

/** Registers the sinks. @throws ConnectSettingsError */
export function activate(context: PluginContext): void {
  context.bind(connectModule(readConnectSettings(context.configuration)));
  context.nodes.register('connect.sink.mqtt', MqttSink);
  context.nodes.register('connect.sink.webhook', WebhookSink);
}
