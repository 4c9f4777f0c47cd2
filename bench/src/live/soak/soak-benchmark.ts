import type { Benchmark, Figure } from '../../benchmark.js';
import { signerJpegs } from '../signer-jpegs.js';
import { soak } from './soak.js';

/** The short form; `--minutes 30` is the long one. */
const SHORT_MINUTES = 1;

/** Whether the server holds more and more while clients of all sorts come and go. */
export const soakBenchmark: Benchmark = {
  name: 'soak',
  title: 'senders, viewers, pictures and runs that come, vanish and are deleted beside the live graph',
  async run(tell, { minutes = SHORT_MINUTES }): Promise<readonly Figure[]> {
    const pictures = await signerJpegs(1_000, 3_000);
    const { warm, end, ...under } = await soak({ ms: minutes * 60_000, pictures, tell });
    const sum = (counts: ReadonlyMap<string, number>): number =>
      [...counts.values()].reduce((all, one) => all + one, 0);
    tell(`visits: ${toList(under.visits)}`);
    tell(`errors: ${toList(under.errors)}`);
    const kept = (what: string, at: number, after: number): Figure => ({
      what: `${what} more than when warm (${at})`,
      value: after - at,
      unit: '',
      target: { below: 1 },
    });
    return [
      { what: 'under load, warming up included', value: minutes, unit: 'min' },
      { what: 'visits of clients', value: sum(under.visits), unit: '' },
      { what: 'results seen', value: under.resultsPerSecond, unit: '/s' },
      { what: 'errors seen', value: sum(under.errors), unit: '', target: { below: 1 } },
      { what: 'memory (RSS) under load, at first', value: under.rssMib.first, unit: 'MiB' },
      { what: 'memory (RSS) under load, at last', value: under.rssMib.last, unit: 'MiB' },
      { what: 'memory (RSS), slope by least squares', value: under.rssMibPerHour, unit: 'MiB/h' },
      { what: 'memory (RSS) at rest, when warm', value: warm.rssMib, unit: 'MiB' },
      { what: 'memory (RSS) at rest, at the end', value: end.rssMib, unit: 'MiB' },
      { what: 'heap after collection, when warm', value: warm.heapMib, unit: 'MiB' },
      {
        what: 'heap after collection, growth until the end',
        value: (end.heapMib / warm.heapMib - 1) * 100,
        unit: '%',
        target: { below: 10 },
      },
      kept('sockets', warm.sockets, end.sockets),
      kept('other open files', warm.files, end.files),
      kept('threads', warm.threads, end.threads),
      kept('child processes', warm.children, end.children),
    ];
  },
};

function toList(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([what, count]) => `${count} x ${what}`).join(', ') || 'none';
}
