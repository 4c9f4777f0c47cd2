import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const inRepository = (file: string): string => path.join(root, file);
const read = (file: string): string => readFileSync(inRepository(file), 'utf8');

/** The server ends within this, as docs/command-line.md says. */
const STOPS_WITHIN_SECONDS = 4.5;

describe('deploy/kinegraph.service', () => {
  const unit = read('deploy/kinegraph.service');
  const values = (key: string): string[] =>
    Array.from(unit.matchAll(new RegExp(`^${key}=(.*)$`, 'gm')), ([, value = '']) => value);
  const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

  it('starts a bundle at a place of its own, and waits for it to end', () => {
    expect(values('ExecStart')).toEqual(['/usr/bin/node --enable-source-maps /opt/kinegraph/bin/kinegraph.js serve']);
    expect(Number(values('TimeoutStopSec')[0])).toBeGreaterThan(STOPS_WITHIN_SECONDS);
  });

  it('names only variables that the server knows, and folders that are its own', () => {
    const known = new Set([...variables(), 'NODE_ENV', 'KINEGRAPH_HOME', 'KINEGRAPH_CONFIG']);
    const set = values('Environment').map((line) => line.split('=')[0] ?? '');
    expect(set.filter((name) => !known.has(name))).toEqual([]);
    const owned = (values('StateDirectory')[0] ?? '').split(' ').map((folder) => `/var/lib/${folder}`);
    for (const folder of [...values('WorkingDirectory'), ...values('Environment').map((line) => line.split('=')[1])]) {
      if (folder?.startsWith('/var/') === true) expect(owned).toContain(folder);
    }
  });

  it('leaves memory that is written and then run to V8 and MediaPipe', () => {
    expect(values('MemoryDenyWriteExecute')).toEqual(['no']);
  });

  it.skipIf(!hasSystemd)('holds before systemd (skipped where systemd-analyze is missing)', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'kinegraph-unit-'));
    try {
      const file = path.join(folder, 'kinegraph.service');
      // Node is somewhere else on many machines, and systemd looks whether the program is there.
      writeFileSync(file, unit.replace('/usr/bin/node', process.execPath));
      const verified = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
      expect({ status: verified.status, said: verified.stdout + verified.stderr }).toEqual({ status: 0, said: '' });
      // Of 10; a service that is held back by nothing has 9.6.
      const weighed = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', file]);
      expect(weighed.status).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

it('deploy/kinegraph.config.json is a configuration that the server takes', () => {
  const program = inRepository('apps/server/bin/kinegraph.js');
  const file = inRepository('deploy/kinegraph.config.json');
  const { status, stdout } = spawnSync(process.execPath, [program, 'serve', '--config', file, '--print-config'], {
    encoding: 'utf8',
  });
  expect({ status, stdout }).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('kinegraph.config.json') as string,
  });
});

describe('deploy/Dockerfile', () => {
  const instructions = read('deploy/Dockerfile')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const of = (word: string, lines = instructions): string[] =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const lastStage = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM ')));

  it('builds by the commands of the repository', () => {
    const scripts = of('RUN').flatMap((line) =>
      Array.from(line.matchAll(/node (tools\/\S+)/g), ([, file = '']) => file),
    );
    expect(scripts).toEqual(['tools/setup.mjs', 'tools/bundle.mjs']);
    expect(scripts.filter((file) => !existsSync(inRepository(file)))).toEqual([]);
  });

  it('copies what is there, between stages what the first has made', () => {
    const [made] = /(?<=bundle\.mjs )\S+/.exec(of('RUN')[0] ?? '') ?? [];
    expect(of('COPY')).toEqual(['. .', `--from=build ${made} /opt/kinegraph`]);
    const sent = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');
    const ignored = read('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    // Nothing that the build reads is kept from it.
    const names = new Set(ignored.map((pattern) => pattern.replace('**/', '')));
    const built = sent.filter((file) => /^(?:apps|packages|tools|bench)\/.*\.(?:ts|mjs|json|onnx)$/.test(file));
    expect(built.length).toBeGreaterThan(1000);
    expect(built.filter((file) => file.split('/').some((part) => names.has(part)))).toEqual([]);
  });

  it('runs as a user, ends by SIGTERM, is asked for its health and keeps its folder', () => {
    expect(of('USER', lastStage)).toEqual(['node']);
    expect(of('STOPSIGNAL', lastStage)).toEqual(['SIGTERM']);
    expect(of('HEALTHCHECK', lastStage)[0]).toContain("fetch('http://127.0.0.1:4242/healthz')");
    expect(of('VOLUME', lastStage)).toEqual(['/var/lib/kinegraph']);
    const set = Array.from((of('ENV', lastStage)[0] ?? '').matchAll(/(\w+)=/g), ([, name = '']) => name);
    const known = new Set([...variables(), 'NODE_ENV', 'KINEGRAPH_HOME']);
    expect(set.filter((name) => !known.has(name))).toEqual([]);
  });

  it('takes the Node that the repository asks for', () => {
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    expect(of('FROM').map((line) => line.split(' ')[0])).toEqual(['node:20-slim', 'node:20-slim']);
    expect(engines.node).toMatch(/^>=20\./);
  });
});

/** The variables of the settings, from the table that a test holds against the code. */
function variables(): string[] {
  return Array.from(read('docs/configuration.md').matchAll(/`(KINEGRAPH_\w+)`/g), ([, name = '']) => name);
}
