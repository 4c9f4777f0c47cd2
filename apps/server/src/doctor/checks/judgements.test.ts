import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ServerConfig } from '../../config/index.js';
import { cpuQuota } from '../cgroup.js';
import { judgeMemory } from './memory.js';
import { OLDEST_NODE, isOlder } from './node-version.js';
import { judgeOpenFiles } from './open-files.js';
import { judgeProcessors } from './processors.js';
import { lookAtTls } from './tls.js';

const FIXTURES = path.resolve(import.meta.dirname, '../../../test/fixtures/tls');

describe('Node', () => {
  it('is judged by numbers, not by letters', () => {
    expect(isOlder('20.9.0', '20.19.0')).toBe(true);
    expect(isOlder('20.19.0', '20.19.0')).toBe(false);
    expect(isOlder('22.0.0', '20.19.0')).toBe(false);
    expect(isOlder('20.19.0-rc.1', '20.19.0')).toBe(false);
  });

  it('must be what the package says', () => {
    const { engines } = JSON.parse(
      readFileSync(path.resolve(import.meta.dirname, '../../../package.json'), 'utf8'),
    ) as { engines: { node: string } };
    expect(engines.node).toBe(`>=${OLDEST_NODE}`);
  });
});

describe('Memory', () => {
  it.each([
    [{ mib: 8000, isLimited: false, heapMib: 4144 }, 'good', 'The machine has 8000 MiB.'],
    [{ mib: 1024, isLimited: true, heapMib: 500 }, 'warning', 'raw frames alone may take 1024 MiB'],
    [{ mib: 4096, isLimited: true, heapMib: 4144 }, 'warning', 'the system would end the process first'],
    // A machine that is out of memory swaps before it ends anybody.
    [{ mib: 4096, isLimited: false, heapMib: 4144 }, 'good', 'The machine has 4096 MiB.'],
  ])('%j is %s', (facts, outcome, message) => {
    expect(judgeMemory(facts)).toMatchObject({ outcome, message: expect.stringContaining(message) });
  });
});

describe('Processors', () => {
  it.each([
    [{ cores: 2, threads: undefined }, 'good', '2 processors, 4 threads for pictures and files.'],
    [{ cores: 16, threads: undefined }, 'warning', 'decoded on 4 threads only'],
    [{ cores: 16, threads: '16' }, 'good', '16 threads'],
    [{ cores: 16, quota: 2.5, threads: '' }, 'good', 'The container may use 2.5 of 16 processors'],
    [{ cores: 16, quota: 0.5, threads: undefined }, 'warning', 'less than one graph'],
    [{ cores: 2, quota: 4, threads: undefined }, 'good', '2 processors,'],
    [{ cores: 2, threads: 'many' }, 'fault', 'UV_THREADPOOL_SIZE is "many"'],
    [{ cores: 2, threads: '0' }, 'fault', 'UV_THREADPOOL_SIZE is "0"'],
    [{ cores: 2, threads: '1025' }, 'fault', 'from 1 to 1024'],
  ])('%j are %s', (facts, outcome, message) => {
    expect(judgeProcessors(facts)).toMatchObject({ outcome, message: expect.stringContaining(message) });
  });

  it.each([
    ['a container of version 2', { 'proc/self/cgroup': '0::/\n', 'sys/fs/cgroup/cpu.max': '150000 100000\n' }, 1.5],
    [
      'a service of version 2',
      {
        'proc/self/cgroup': '0::/system.slice/k.service\n',
        'sys/fs/cgroup/system.slice/k.service/cpu.max': '50000 100000',
      },
      0.5,
    ],
    [
      'a container of version 1, seen from inside',
      {
        'proc/self/cgroup': '4:memory:/a\n3:cpu,cpuacct:/docker/abc\n',
        'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '200000',
        'sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000',
      },
      2,
    ],
    ['no quota', { 'proc/self/cgroup': '0::/\n', 'sys/fs/cgroup/cpu.max': 'max 100000\n' }, undefined],
    ['a system without control groups', {}, undefined],
  ])('has the quota of %s', (_what, files, quota) => {
    const root = mkdtempSync(path.join(tmpdir(), 'kinegraph-cgroup-'));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    }
    expect(cpuQuota(root)).toBe(quota);
    rmSync(root, { recursive: true });
  });
});

describe('Open files', () => {
  it.each([
    [1024, 512, 'good'],
    [831, 512, 'warning'],
    [1024, 4096, 'warning'],
    [Number.POSITIVE_INFINITY, 65_536, 'good'],
    [undefined, 512, 'skipped'],
  ])('%s for %i connections is %s', (allowed, connections, outcome) => {
    expect(judgeOpenFiles(allowed, connections).outcome).toBe(outcome);
  });
});

describe('A certificate', () => {
  const config = ServerConfig.parse({
    workspace: '/',
    tls: { cert: path.join(FIXTURES, 'expired.pem'), key: path.join(FIXTURES, 'key.pem') },
  });
  it.each([
    ['2023-12-31', 'fault', 'The certificate begins on 2024-01-01 only.'],
    ['2024-01-01T00:00:01Z', 'good', 'The certificate ends on 2024-02-01, in 30 days, and its key belongs to it.'],
    ['2024-01-02T00:00:01Z', 'warning', 'The certificate ends on 2024-02-01, in 29 days.'],
    ['2024-01-31', 'warning', 'in 1 day.'],
    ['2024-02-01', 'fault', 'The certificate has ended on 2024-02-01.'],
  ])('on %s is a %s', (day, outcome, message) => {
    const [finding] = lookAtTls(config, new Date(day));
    expect(finding).toMatchObject({ outcome, message: expect.stringContaining(message) });
  });

  it.each([
    ['127.0.0.1', [], 'good'],
    ['localhost', [], 'good'],
    ['0.0.0.0', [], 'warning'],
    ['0.0.0.0', ['10.0.0.1'], 'good'],
  ])('is missed where others can listen: %s, proxies %j', (host, trustProxy, outcome) => {
    const open = ServerConfig.parse({ workspace: '/', host, access: { trustProxy } });
    expect(lookAtTls(open, new Date()).map((finding) => finding.outcome)).toEqual([outcome]);
  });
});
