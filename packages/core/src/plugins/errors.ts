import { KinegraphError } from '../base/index.js';
import type { PluginProblem } from './manifest/plugin-problem.js';

/** A plugin's code failed while it was activated. */
export class PluginActivationError extends KinegraphError {
  override readonly name = 'PluginActivationError';
  readonly code = 'PLUGIN_ACTIVATION_FAILED';
  constructor(
    override readonly data: { plugin: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `Plugin "${data.plugin}" could not be activated: ${withFullStop(data.reason)} ` +
        `Mend or update the plugin, or remove it; its node types cannot run until then.`,
      options,
    );
  }
}

/** A plugin registered what its manifest does not list, left out what it lists, or came too late. */
export class PluginRegistrationError extends KinegraphError {
  override readonly name = 'PluginRegistrationError';
  readonly code = 'PLUGIN_REGISTRATION';
  constructor(override readonly data: { plugin: string; what: string; mend: string }) {
    super(`${data.what} ${data.mend}`);
  }
}

/** A plugin is asked for that the host does not have, or that it refused. */
export class PluginUnavailableError extends KinegraphError {
  override readonly name = 'PluginUnavailableError';
  readonly code = 'PLUGIN_UNAVAILABLE';
  constructor(override readonly data: { what: string; mend: string }) {
    super(`${data.what} ${data.mend}`);
  }
}

/** Plugins failed to end cleanly. All others did end. */
export class PluginDeactivationError extends KinegraphError {
  override readonly name = 'PluginDeactivationError';
  readonly code = 'PLUGIN_DEACTIVATION_FAILED';
  constructor(
    override readonly data: { faults: readonly { plugin: string; reason: string }[] },
    options?: ErrorOptions,
  ) {
    super(
      `${data.faults.map(({ plugin, reason }) => `Plugin "${plugin}" did not end cleanly: ${withFullStop(reason)}`).join(' ')} ` +
        `Everything else was released; mend the plugin's deactivate() or what it pushed on its subscriptions.`,
      options,
    );
  }
}

/** A package cannot be read as a plugin at all: not installed, no package.json, no manifest in it. */
export class PluginLoadError extends KinegraphError {
  override readonly name = 'PluginLoadError';
  readonly code = 'PLUGIN_LOAD_FAILED';
  constructor(
    override readonly data: { problem: PluginProblem },
    options?: ErrorOptions,
  ) {
    super([data.problem.message, data.problem.mend].filter((part) => part !== undefined).join(' '), options);
  }
}

/** The text, closed with one full stop. */
export function withFullStop(text: string): string {
  return /[.!?]$/.test(text.trimEnd()) ? text.trimEnd() : `${text.trimEnd()}.`;
}
