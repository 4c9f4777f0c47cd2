import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Memory that this process may have, in bytes; undefined where nothing limits it but the machine. */
export function memoryLimit(): number | undefined {
  const bytes = process.constrainedMemory();
  // Systems say "no limit" by 0, or by more than any machine has.
  return bytes > 0 && bytes < 2 ** 53 ? bytes : undefined;
}

/**
 * Processors that this process may use by the quota of its container (control groups of either version), or undefined.
 * @param root - `/`, but for tests
 */
export function cpuQuota(root = '/'): number | undefined {
  const groups = textOf(root, 'proc/self/cgroup')?.split('\n') ?? [];
  const pathIn = (controller: RegExp): string => groups.map((line) => controller.exec(line)?.[1]).find(Boolean) ?? '/';
  // In a container the own group is mounted as the root, so its path from outside may not be there.
  const unified = pathIn(/^0::(.*)$/);
  for (const folder of new Set([unified, '/'])) {
    const [quota = '', period = ''] = textOf(root, `sys/fs/cgroup${folder}/cpu.max`)?.split(/\s+/) ?? [];
    if (Number(quota) > 0 && Number(period) > 0) return Number(quota) / Number(period);
  }
  const old = pathIn(/^\d+:(?:[\w,]*,)?cpu(?:,[\w,]*)?:(.*)$/);
  for (const folder of new Set([old, '/'])) {
    const quota = Number(textOf(root, `sys/fs/cgroup/cpu${folder}/cpu.cfs_quota_us`));
    const period = Number(textOf(root, `sys/fs/cgroup/cpu${folder}/cpu.cfs_period_us`));
    if (quota > 0 && period > 0) return quota / period;
  }
  return undefined;
}

function textOf(root: string, file: string): string | undefined {
  try {
    return readFileSync(path.join(root, file), 'utf8').trim();
  } catch {
    return undefined;
  }
}
