import { ContainerModule } from 'inversify';
import { describe, expect, it } from 'vitest';
import { Clock, Logger, WriterLogger, deferred, errorCode, serviceId } from '../base/index.js';
import { VirtualClock, memoryPlugin, settle, testPlatform } from '../testing/index.js';
import type { MemoryPluginOptions } from '../testing/index.js';
import { builtInPlugin } from './built-in-plugin.js';
import type { PluginContext, PluginModule } from './context.js';
import { CORE_VERSION } from './core-version.js';
import { PluginActivationError, PluginDeactivationError, PluginUnavailableError } from './errors.js';
import { PluginHost } from './host.js';
import type { PluginHostOptions } from './host.js';
import type { PluginSource } from './plugin-source.js';

class Blur {
  transform(value: unknown): unknown {
    return value;
  }
}

function node(type: string): Record<string, unknown> {
  return { type, kind: 'transform', title: 'T', inputs: { in: { type: 'any' } }, outputs: { out: { type: '$in' } } };
}

/** A plugin that contributes `types` and registers them all, unless its module says otherwise. */
function aPlugin(name: string, types: readonly string[], options: MemoryPluginOptions = {}): Promise<PluginSource> {
  return memoryPlugin({
    module: { activate: (context) => types.forEach((type) => context.nodes.register(type, Blur)) },
    ...options,
    packageJson: { name, contributes: { nodes: types.map(node) }, ...options.packageJson },
  });
}

function aHost(options: Partial<PluginHostOptions> = {}): PluginHost {
  return new PluginHost({ platform: testPlatform(), builtIn: builtInPlugin(), ...options });
}

async function hostOf(...sources: Promise<PluginSource>[]): Promise<PluginHost> {
  const host = aHost();
  for (const source of sources) expect(host.add(await source).problems).toEqual([]);
  return host;
}

function stateOf(host: PluginHost, name: string): string | undefined {
  return host.plugins().find((plugin) => plugin.name === name)?.state;
}

async function errorOf(work: Promise<unknown>): Promise<Error> {
  const error = await work.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new TypeError('Something other than an error was thrown.');
  return error;
}

describe('adding plugins', () => {
  it('lists what a plugin contributes without loading its code', async () => {
    let loads = 0;
    const host = await hostOf(aPlugin('acme', ['acme.blur'], { onLoad: () => (loads += 1) }));
    expect(host.catalog.get('acme.blur')).toMatchObject({ plugin: 'acme', kind: 'transform' });
    expect(host.catalog.hasPlugin('acme')).toBe(true);
    expect(host.catalog.pluginVersion?.('acme')).toBe('1.0.0');
    expect([stateOf(host, 'acme'), loads]).toEqual(['listed', 0]);
  });

  it('refuses a plugin with all its faults at once while the others load', async () => {
    const host = await hostOf(aPlugin('first', ['acme.blur']));
    const bad = await aPlugin('second', ['acme.blur', 'second'], { packageJson: { engines: { kinegraph: '^9.0.0' } } });
    const { accepted, problems } = host.add(bad);
    expect(accepted).toBe(false);
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('contributes.nodes[1].type is "second"'),
      expect.stringContaining(`engines.kinegraph is "^9.0.0", but this is Kinegraph ${CORE_VERSION}`),
      'Plugin "second": node type "acme.blur" is contributed by "first" already.',
    ]);
    expect(problems[2]?.pointer).toBe('/contributes/nodes/0/type');
    expect([stateOf(host, 'first'), stateOf(host, 'second')]).toEqual(['listed', 'refused']);
    expect(host.catalog.hasPlugin('second')).toBe(false);
    expect(host.add(await aPlugin('third', ['third.blur'])).accepted).toBe(true);
  });

  it.each([
    ['>=0.1.0 <0.2.0', true],
    ['*', true],
    ['^0.2.0', false],
    ['latest', false],
  ])('answers an engines range of %s with %s', async (kinegraph, accepted) => {
    const source = await aPlugin('acme', ['acme.blur'], { packageJson: { engines: { kinegraph } } });
    expect(aHost({ coreVersion: '0.1.3' }).add(source).accepted).toBe(accepted);
  });

  it('lets a pre-release of the core pass for its version', async () => {
    const source = await aPlugin('acme', ['acme.blur'], { packageJson: { engines: { kinegraph: '^0.1.0' } } });
    expect(aHost({ coreVersion: '0.1.4-next.1' }).add(source).accepted).toBe(true);
  });

  it('refuses a second plugin of one name, and two models or skeletons of one id', async () => {
    const model = { id: 'acme.net', sha256: 'a'.repeat(64), bytes: 1, license: 'MIT', from: 'file:./net.bin' };
    const brings = (name: string): Promise<PluginSource> =>
      memoryPlugin({
        packageJson: { name, contributes: { models: [model], skeletons: ['./hand.json'] } },
        files: {
          './hand.json': JSON.stringify({ id: 'paw-3', title: 'Paw', points: ['a', 'b', 'c'], connections: [[0, 2]] }),
        },
      });
    const host = await hostOf(brings('first'));
    expect(host.contributions.skeleton('paw-3')).toMatchObject({ plugin: 'first', points: ['a', 'b', 'c'] });
    expect(host.add(await brings('second')).problems.map(({ message }) => message)).toEqual([
      'Plugin "second": model "acme.net" is contributed by "first" already.',
      'Plugin "second": skeleton "paw-3" is contributed by "first" already.',
    ]);
    expect(host.add(await brings('first')).problems[0]?.code).toBe('PLUGIN_DUPLICATE');
  });

  it('can send what it knows of a plugin to a worker', async () => {
    const host = await hostOf(aPlugin('acme', ['acme.blur']));
    const { plugin } = host.workerPlugin('acme.blur');
    expect(structuredClone(plugin)).toEqual(plugin);
    expect(structuredClone(host.workerPlugin('core.sink.null').plugin).name).toBe('@kinegraph/core');
  });
});

describe('built-in node types', () => {
  it('are there at once, under the name of the core, and cannot be replaced', async () => {
    const host = aHost();
    expect(host.catalog.hasPlugin('@kinegraph/core')).toBe(true);
    expect(stateOf(host, '@kinegraph/core')).toBe('active');
    const { nodeClass, container } = await host.nodeClass('core.sink.null');
    expect(nodeClass).toBe(builtInPlugin().classes.get('core.sink.null'));
    expect(container.get(Clock)).toBeDefined();
    const thief = await aPlugin('thief', ['core.sink.null']);
    expect(host.add(thief).accepted).toBe(false);
  });
});

describe('activation', () => {
  it('happens once, however many ask at the same time', async () => {
    let activations = 0;
    const gate = deferred<undefined>();
    const module: PluginModule = {
      async activate(context) {
        activations += 1;
        await gate.promise;
        context.nodes.register('acme.blur', Blur);
        context.nodes.register('acme.sharp', Blur);
      },
    };
    let loads = 0;
    const host = await hostOf(aPlugin('acme', ['acme.blur', 'acme.sharp'], { module, onLoad: () => (loads += 1) }));
    const asked = [
      host.nodeClass('acme.blur'),
      host.nodeClass('acme.sharp'),
      host.activate('acme'),
      host.nodeClass('acme.blur'),
    ];
    await settle();
    gate.resolve(undefined);
    const [first, second] = await Promise.all(asked);
    await host.nodeClass('acme.sharp');
    expect([activations, loads, stateOf(host, 'acme')]).toEqual([1, 1, 'active']);
    expect(first).toMatchObject({ nodeClass: Blur });
    expect((first as { container: unknown }).container).toBe((second as { container: unknown }).container);
  });

  it('gives the plugin its context', async () => {
    let seen: PluginContext | undefined;
    const lines: unknown[] = [];
    const host = aHost({
      platform: testPlatform({
        logger: new WriterLogger((level, message, fields) => lines.push([level, message, fields])),
      }),
      storageFolder: (plugin) => `/home/plugins/${plugin}`,
      configuration: { acme: { colour: 'red' } },
    });
    const module: PluginModule = {
      activate(context) {
        seen = context;
        context.logger.info('hello');
        context.nodes.register('acme.blur', Blur);
      },
    };
    host.add(await aPlugin('acme', ['acme.blur'], { module }));
    await host.activate('acme');
    expect(seen).toMatchObject({
      pluginName: 'acme',
      storageFolder: '/home/plugins/acme',
      configuration: { colour: 'red' },
    });
    expect(lines).toEqual([['info', 'hello', { plugin: 'acme' }]]);
  });

  it('gives each plugin a container of its own below the platform', async () => {
    const Greeting = serviceId<string>('test.Greeting');
    const greets = (name: string): Promise<PluginSource> =>
      aPlugin(name, [`${name}.blur`], {
        module: {
          activate(context) {
            context.bind(new ContainerModule(({ bind }) => void bind(Greeting).toConstantValue(`from ${name}`)));
            context.nodes.register(`${name}.blur`, Blur);
          },
        },
      });
    const host = await hostOf(greets('one'), greets('two'), aPlugin('three', ['three.blur']));
    const [one, two, three] = await Promise.all(
      ['one.blur', 'two.blur', 'three.blur'].map((type) => host.nodeClass(type)),
    );
    expect([one?.container.get(Greeting), two?.container.get(Greeting)]).toEqual(['from one', 'from two']);
    expect(three?.container.isBound(Greeting)).toBe(false);
    expect(three?.container.get(Logger)).toBeDefined();
  });

  it('that throws is undone, told in one sentence and remembered', async () => {
    const events: string[] = [];
    let activations = 0;
    const module: PluginModule = {
      activate(context) {
        activations += 1;
        context.subscriptions.push(
          () => void events.push('first released'),
          () => Promise.resolve().then(() => void events.push('second released')),
        );
        context.models.registerBuilder('net', () => new Uint8Array());
        throw new Error('no camera on this machine');
      },
      deactivate: () => void events.push('deactivate'),
    };
    const model = { id: 'acme.net', sha256: 'a'.repeat(64), bytes: 1, license: 'MIT', from: 'build:net' };
    const contributes = { nodes: [node('acme.blur')], models: [model] };
    const host = await hostOf(
      memoryPlugin({ packageJson: { name: 'acme', contributes }, module }),
      aPlugin('other', ['other.blur']),
    );

    const error = await errorOf(host.nodeClass('acme.blur'));
    expect(error).toBeInstanceOf(PluginActivationError);
    expect(errorCode(error)).toBe('PLUGIN_ACTIVATION_FAILED');
    expect(error.message).toMatch(/^Plugin "acme" could not be activated: no camera on this machine\. /);
    expect(events).toEqual(['second released', 'first released']);
    await expect(host.models.builder('acme', 'net')).rejects.toBe(error);
    expect(host.plugins().find(({ name }) => name === 'acme')).toMatchObject({ state: 'failed', error });

    await expect(host.nodeClass('acme.blur')).rejects.toBe(error);
    expect(activations).toBe(1);
    await expect(host.nodeClass('other.blur')).resolves.toMatchObject({ nodeClass: Blur });
    await host.deactivate();
  });

  it('that takes too long fails, and what it does afterwards is refused', async () => {
    const clock = new VirtualClock();
    const gate = deferred<undefined>();
    const late: unknown[] = [];
    const module: PluginModule = {
      async activate(context) {
        await gate.promise;
        const attempts = [() => context.nodes.register('acme.blur', Blur), () => context.subscriptions.push(() => {})];
        for (const attempt of attempts) {
          try {
            attempt();
            late.push('accepted');
          } catch {
            late.push('refused');
          }
        }
      },
    };
    const host = aHost({ platform: testPlatform({ clock }), activationLimitMs: 500 });
    host.add(await aPlugin('acme', ['acme.blur'], { module }));
    const failed = errorOf(host.activate('acme'));
    await clock.advance(499);
    expect(stateOf(host, 'acme')).toBe('listed');
    await clock.advance(1);
    expect((await failed).message).toContain('activate() took longer than its limit of 500 ms');
    gate.resolve(undefined);
    await settle();
    expect(late).toEqual(['refused', 'refused']);
    expect(clock.pendingCount).toBe(0);
  });

  it.each<[string, PluginModule['activate'], RegExp]>([
    [
      'an unlisted type',
      (context) => context.nodes.register('acme.other', Blur),
      /"acme\.other", which its manifest does not list \(it lists acme\.blur\)/,
    ],
    ['nothing', () => {}, /its manifest lists node type "acme\.blur", but activate\(\) did not register that/],
    [
      'a type twice',
      (context) => [1, 2].forEach(() => context.nodes.register('acme.blur', Blur)),
      /registered node type "acme\.blur" twice/,
    ],
    ['no class', (context) => context.nodes.register('acme.blur', {} as never), /is no class/],
    [
      'an unlisted builder',
      (context) => context.models.registerBuilder('net', () => new Uint8Array()),
      /builder "net", which no model/,
    ],
  ])('that registers %s is an error that says so', async (_what, activate, message) => {
    const host = await hostOf(aPlugin('acme', ['acme.blur'], { module: { activate } }));
    expect((await errorOf(host.activate('acme'))).message).toMatch(message);
  });

  it('of a module without activate() is an error that says so', async () => {
    const host = await hostOf(aPlugin('acme', ['acme.blur'], { module: {} as PluginModule }));
    expect((await errorOf(host.activate('acme'))).message).toContain('exports no function activate()');
  });

  it('needs a plugin that is there and was not refused', async () => {
    const host = await hostOf(aPlugin('acme', ['acme.blur']));
    host.add(await aPlugin('bad', ['bad']));
    expect((await errorOf(host.nodeClass('acme.blurr'))).message).toMatch(
      /No plugin contributes node type "acme\.blurr".*"acme\.blur"/,
    );
    expect((await errorOf(host.activate('bad'))).message).toMatch(/Plugin "bad" was refused: .*namespace/);
    expect(await errorOf(host.activate('nobody'))).toBeInstanceOf(PluginUnavailableError);
  });
});

describe('the end', () => {
  it('ends active plugins in reverse, deactivate first, then subscriptions, then services', async () => {
    const events: string[] = [];
    const Device = serviceId<object>('test.Device');
    const logs = (name: string): Promise<PluginSource> =>
      aPlugin(name, [`${name}.blur`], {
        module: {
          activate(context) {
            context.nodes.register(`${name}.blur`, Blur);
            context.bind(
              new ContainerModule(({ bind }) => {
                bind(Device)
                  .toDynamicValue(() => ({}))
                  .inSingletonScope()
                  .onDeactivation(() => void events.push(`${name} device`));
              }),
            );
            context.subscriptions.push(
              () => void events.push(`${name} a`),
              () => void events.push(`${name} b`),
            );
          },
          deactivate: () => void events.push(`${name} deactivate`),
        },
      });
    const host = await hostOf(logs('one'), logs('two'), logs('idle'));
    await host.activate('two');
    (await host.nodeClass('one.blur')).container.get(Device);
    await Promise.all([host.deactivate(), host[Symbol.asyncDispose]()]);
    expect(events).toEqual(['one deactivate', 'one b', 'one a', 'one device', 'two deactivate', 'two b', 'two a']);
    expect(stateOf(host, 'one')).toBe('listed');
    await expect(host.nodeClass('one.blur')).rejects.toThrow('The plugin host has ended.');
  });

  it('waits for an activation under way and ends that plugin too', async () => {
    const gate = deferred<undefined>();
    const events: string[] = [];
    const module: PluginModule = {
      async activate(context) {
        await gate.promise;
        context.nodes.register('acme.blur', Blur);
        context.subscriptions.push(() => void events.push('released'));
      },
    };
    const host = await hostOf(aPlugin('acme', ['acme.blur'], { module }));
    const activation = host.activate('acme');
    await settle();
    const end = host.deactivate();
    gate.resolve(undefined);
    await Promise.all([activation, end]);
    expect(events).toEqual(['released']);
  });

  it('goes on past a plugin that fails or hangs, and names it', async () => {
    const clock = new VirtualClock();
    const events: string[] = [];
    const ends = (name: string, deactivate: () => Promise<void>): Promise<PluginSource> =>
      aPlugin(name, [`${name}.blur`], {
        module: {
          activate(context) {
            context.nodes.register(`${name}.blur`, Blur);
            context.subscriptions.push(() => void events.push(`${name} released`));
          },
          deactivate,
        },
      });
    const host = aHost({ platform: testPlatform({ clock }), activationLimitMs: 100 });
    host.add(await ends('good', () => Promise.resolve()));
    host.add(await ends('hanging', () => new Promise(() => {})));
    host.add(await ends('failing', () => Promise.reject(new Error('device busy'))));
    for (const name of ['good', 'hanging', 'failing']) await host.activate(name);
    const failed = errorOf(host.deactivate());
    await clock.advance(100);
    const error = await failed;
    expect(error).toBeInstanceOf(PluginDeactivationError);
    expect(error.message).toContain('Plugin "failing" did not end cleanly: device busy.');
    expect(error.message).toContain('Plugin "hanging" did not end cleanly: deactivate() took longer');
    expect(error.message).not.toContain('"good"');
    expect(events).toEqual(['failing released', 'hanging released', 'good released']);
  });
});
