import { z } from 'zod';
import { issueProblems } from './issue-sentences.js';
import {
  Contributions,
  GraphContribution,
  ModelContribution,
  NodeContribution,
  PluginManifest,
  PortTypeContribution,
} from './manifest.js';
import { crossCheck, inferActivationEvents } from './manifest-checks.js';
import type { Placed } from './manifest-checks.js';
import type { PluginProblem } from './plugin-problem.js';

/** A manifest as far as it could be read, and everything that is wrong with it. */
export interface ParsedManifest {
  /**
   * What could be read. Where there are problems, entries that do not fit are left out, so that what is wrong between the
   * others and the rest of the platform can be told in the same go; such a plugin is refused all the same.
   */
  readonly manifest: PluginManifest;
  /** Where the entries of `manifest.contributes` are in the file, by list. */
  readonly places: {
    readonly nodes: readonly number[];
    readonly portTypes: readonly number[];
    readonly models: readonly number[];
    readonly skeletons: readonly number[];
    readonly graphs: readonly number[];
  };
  /** What makes the host activate the plugin: `onNode:<type>`, `onModel:<id>`. */
  readonly activationEvents: readonly string[];
  /** Empty where the manifest is good. */
  readonly problems: readonly PluginProblem[];
}

/** Code of a field that does not fit the manifest's schema. */
const MANIFEST_INVALID = 'PLUGIN_MANIFEST_INVALID';

/**
 * Reads the plugin's parts of a `package.json`, reporting every fault at once.
 *
 * @param packageJson - The parsed file; any value is answered, none throws.
 * @param fallbackName - What to call the plugin where the file has no name.
 */
export function parseManifest(packageJson: unknown, fallbackName = '(unnamed)'): ParsedManifest {
  const record = asRecord(packageJson);
  const name = typeof record['name'] === 'string' && record['name'] !== '' ? record['name'] : fallbackName;
  const whole = PluginManifest.safeParse(packageJson);
  const problems = whole.success
    ? []
    : whole.error.issues.flatMap((issue) => issueProblems(name, packageJson, issue, MANIFEST_INVALID));

  const main = PluginManifest.shape.main.safeParse(record['main']).data;
  const contributes = asRecord(record['contributes']);
  const nodes = fittingEntries(contributes['nodes'], NodeContribution);
  const portTypes = fittingEntries(contributes['portTypes'], PortTypeContribution);
  const models = fittingEntries(contributes['models'], ModelContribution);
  const skeletons = fittingEntries(contributes['skeletons'], Contributions.shape.skeletons.unwrap().element);
  const graphs = fittingEntries(contributes['graphs'], GraphContribution);
  const manifest: PluginManifest = whole.success
    ? whole.data
    : {
        name,
        version: textOr(record['version'], '0.0.0'),
        engines: { kinegraph: textOr(asRecord(record['engines'])['kinegraph'], '*') },
        ...(main === undefined ? {} : { main }),
        contributes: {
          nodes: nodes.map(({ value }) => value),
          portTypes: portTypes.map(({ value }) => value),
          models: models.map(({ value }) => value),
          skeletons: skeletons.map(({ value }) => value),
          graphs: graphs.map(({ value }) => value),
        },
      };
  const activationEvents = fittingEntries(record['activationEvents'], z.string()).map(({ value }) => value);
  return {
    manifest,
    places: {
      nodes: indices(nodes),
      portTypes: indices(portTypes),
      models: indices(models),
      skeletons: indices(skeletons),
      graphs: indices(graphs),
    },
    activationEvents: inferActivationEvents(nodes, models),
    problems: [...problems, ...crossCheck({ nodes, models, manifest: { ...manifest, activationEvents } })],
  };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

function indices(placed: readonly Placed<unknown>[]): number[] {
  return placed.map(({ index }) => index);
}

function fittingEntries<Schema extends z.ZodType>(list: unknown, schema: Schema): Placed<z.infer<Schema>>[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown, index) => {
    const result = schema.safeParse(entry);
    return result.success ? [{ index, value: result.data }] : [];
  });
}
