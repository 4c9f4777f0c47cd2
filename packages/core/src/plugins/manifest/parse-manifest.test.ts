import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseManifest } from './parse-manifest.js';

const SHA = 'a'.repeat(64);

function aNode(extra: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'acme.blur',
    kind: 'transform',
    title: 'Blur',
    inputs: { in: { type: 'frame' } },
    outputs: { out: { type: '$in' } },
    ...extra,
  };
}

function aManifest(contributes: Record<string, unknown>, extra: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: 'kinegraph-plugin-acme',
    version: '1.2.3',
    engines: { node: '>=20', kinegraph: '^0.1.0' },
    main: './index.js',
    license: 'MIT',
    dependencies: {},
    contributes,
    ...extra,
  };
}

function faults(packageJson: unknown): string[] {
  return parseManifest(packageJson).problems.map(({ pointer, message }) => `${pointer} ${message}`);
}

describe('parseManifest', () => {
  it('accepts a manifest, fills in defaults and infers when to activate', () => {
    const models = [
      { id: 'acme.net', sha256: SHA, bytes: 3, license: 'MIT', from: 'build:net', parts: ['acme.part.net'] },
      { id: 'acme.part.net', sha256: SHA, bytes: 3, license: 'MIT', from: 'file:./models/net.bin#bytes=7+3' },
    ];
    const parsed = parseManifest(aManifest({ nodes: [aNode()], models }));
    expect(parsed.problems).toEqual([]);
    expect(parsed.manifest.contributes.nodes[0]).toMatchObject({
      typeVersion: 1,
      runsIn: 'main',
      native: false,
      stateless: false,
      liveConfig: [],
    });
    expect(parsed.activationEvents).toEqual(['onNode:acme.blur', 'onModel:acme.net']);
  });

  it('reports every fault at once, each with plugin, field and mend', () => {
    const { problems } = parseManifest(
      aManifest(
        {
          nodes: [
            aNode({ kind: 'filter' }),
            aNode({ type: 'blur', docs: './../secret.md' }),
            aNode({ type: 'acme.sharp', colour: 'red' }),
            aNode({ type: 'acme.sharp', inputs: { in: { type: 'frame//' } } }),
          ],
          models: [{ id: 'acme.net', sha256: 'abc', bytes: 0, license: 'MIT', from: 'ftp://x' }],
          panels: [],
        },
        { engines: {}, activationEvents: ['*'] },
      ),
    );
    expect(problems.map(({ pointer }) => pointer).toSorted()).toEqual(
      [
        '/activationEvents/0',
        '/contributes/models/0/bytes',
        '/contributes/models/0/sha256',
        '/contributes/nodes/0/kind',
        '/contributes/nodes/1/docs',
        '/contributes/nodes/1/type',
        '/contributes/nodes/2/colour',
        '/contributes/nodes/3/inputs/in/type',
        '/contributes/panels',
        '/engines/kinegraph',
      ].toSorted(),
    );
    for (const problem of problems) {
      expect(problem.message).toMatch(/^Plugin "kinegraph-plugin-acme": /);
      expect(problem.mend).not.toBe('');
      expect(problem.plugin).toBe('kinegraph-plugin-acme');
    }
  });

  it.each([
    [
      'a kind that does not exist',
      aNode({ kind: 'filter' }),
      /nodes\[0\]\.kind is "filter"; allowed are source, buffer/,
    ],
    ['a key that is misspelt', aNode({ titel: 'x' }), /unknown key "titel"; allowed are type, typeVersion/],
    [
      'a type without a namespace',
      aNode({ type: 'blur' }),
      /type is "blur", but it must be lower case with a namespace/,
    ],
    ['the namespace of the core', aNode({ type: 'core.blur' }), /namespace "core", which belongs to @kinegraph\/core/],
    ['a source with inputs', aNode({ kind: 'source' }), /is a source and cannot have inputs \(in\)/],
    ['a sink with outputs', aNode({ kind: 'sink' }), /is a sink and cannot have outputs \(out\)/],
    [
      'a transform without input',
      aNode({ inputs: {}, outputs: { out: { type: 'frame' } } }),
      /is a transform and has no input/,
    ],
    ['an extractor without output', aNode({ kind: 'extractor', outputs: {} }), /is an extractor and has no output/],
    ['a live transform', aNode({ live: true }), /only sources can be live/],
    ['a source that takes but is not live', aNode({ takes: 'frames' }), /takes frames from clients, but is not live/],
    ['live keys without a schema', aNode({ liveConfig: ['radius'] }), /has liveConfig but no configuration schema/],
    [
      'a port type that is none',
      aNode({ inputs: { in: { type: 'win<frame>' } } }),
      /Input "in" of .*: that is no port type/,
    ],
    [
      'an output of an unknown input',
      aNode({ outputs: { out: { type: '$frame' } } }),
      /there is no input "frame"; this node type has in/,
    ],
    ['an input of the type of an input', aNode({ inputs: { in: { type: '$in' } } }), /only outputs can take over/],
    ['a port name with a dot', aNode({ inputs: { 'a.b': { type: 'any' } } }), /names of ports start with/],
  ])('refuses %s', (_what, node, message) => {
    expect(faults(aManifest({ nodes: [node] })).join('\n')).toMatch(message);
  });

  it.each([
    [
      'a part that is not listed',
      { from: 'build:x', parts: ['acme.none'] },
      /part "acme.none", which this manifest does not list/,
    ],
    ['parts of what is not built', { from: 'file:./x', parts: [] }, /has parts, but is not built/],
    ['a range of another size', { from: 'file:./x#bytes=0+7' }, /has 3 bytes, but "from" takes 7 bytes/],
    ['more bytes than are read in one piece', { bytes: 2 ** 31, from: 'file:./x' }, /contributes\/models\/0\/bytes/],
    ['a source that is none', { from: 'ftp://x' }, /from is "ftp:\/\/x", but it must start with/],
  ])('refuses a model with %s', (_what, extra, message) => {
    const model = { id: 'acme.net', sha256: SHA, bytes: 3, license: 'MIT', ...extra };
    expect(faults(aManifest({ models: [model] })).join('\n')).toMatch(message);
  });

  it('refuses names given twice, naming both places', () => {
    expect(faults(aManifest({ nodes: [aNode(), aNode()] }))).toEqual([
      expect.stringContaining('contributes.nodes[1].type is "acme.blur", which contributes.nodes[0].type has already'),
    ]);
  });

  it('refuses "*" and events that nothing stands for, and accepts inferred ones', () => {
    expect(faults(aManifest({ nodes: [aNode()] }, { activationEvents: ['*', 'onStart', 'onNode:acme.blur'] }))).toEqual(
      [
        expect.stringMatching(/has "\*", but a plugin is activated when something first needs it/),
        expect.stringMatching(/"onStart".*known here are onNode:acme\.blur/),
      ],
    );
  });

  it('needs code for node types, none for data', () => {
    expect(faults(aManifest({ nodes: [aNode()] }, { main: undefined }))).toEqual([expect.stringContaining('/main ')]);
    expect(faults(aManifest({ skeletons: ['./a.json'] }, { main: undefined }))).toEqual([]);
  });

  it('refuses every path that leaves the package', () => {
    const step = fc.constantFrom('a', '..', '.', 'b.json', '');
    fc.assert(
      fc.property(
        fc.constantFrom('./', '/', '', '../', 'C:/'),
        fc.array(step, { minLength: 1, maxLength: 5 }),
        (start, steps) => {
          const path = start + steps.join('/');
          const accepted = faults(aManifest({ skeletons: [path] })).length === 0;
          const leaves = !path.startsWith('./') || path.split('/').includes('..') || path === './';
          expect(accepted).toBe(!leaves);
        },
      ),
    );
  });

  it('answers any JSON value with problems, never with an exception', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 4 }), (value, contributes) => {
        expect(parseManifest(value).problems.length).toBeGreaterThan(0);
        const { problems } = parseManifest({
          ...aManifest({}),
          contributes: { nodes: [contributes], models: contributes },
        });
        expect(problems.length).toBeGreaterThan(0);
      }),
    );
  });
});
