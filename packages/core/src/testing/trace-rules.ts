import type { TraceEvent, TraceWriter } from '../runtime/index.js';

/** Keeps the events of a trace in memory. */
export class TraceList implements TraceWriter {
  readonly events: TraceEvent[] = [];
  #processes = 0;

  newProcess(): number {
    this.#processes += 1;
    return this.#processes;
  }

  write(event: TraceEvent): void {
    this.events.push(event);
  }
}

const rowOf = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`;

/** Rows by name: the slices on each, in order of time. */
export function slicesByRow(events: readonly TraceEvent[]): ReadonlyMap<string, readonly TraceEvent[]> {
  const names = new Map<string, string>();
  for (const event of events)
    if (event.ph === 'M' && event.name === 'thread_name') names.set(rowOf(event), String(event.args?.['name']));
  const rows = new Map<string, TraceEvent[]>();
  for (const event of events.filter(({ ph }) => ph === 'X').toSorted((a, b) => a.ts - b.ts)) {
    const name = names.get(rowOf(event)) ?? `unnamed ${rowOf(event)}`;
    rows.set(name, [...(rows.get(name) ?? []), event]);
  }
  return rows;
}

/** The flows of a trace by their ids, in the order in which a viewer takes them. */
export function flowsOf(events: readonly TraceEvent[]): ReadonlyMap<number, readonly TraceEvent[]> {
  const flows = new Map<number, TraceEvent[]>();
  for (const event of events.filter(({ ph }) => 'stf'.includes(ph)).toSorted((a, b) => a.ts - b.ts)) {
    const id = event.id ?? Number.NaN;
    flows.set(id, [...(flows.get(id) ?? []), event]);
  }
  return flows;
}

/**
 * What a viewer could not draw as it was meant, one sentence each. The rules are those of the format's description and
 * of Perfetto's importer: it sorts by time and keeps the order of the file where times are equal, takes the innermost
 * slice that is open on a row for each flow event, and cuts slices that overlap without one being within the other.
 */
export function traceFaults(events: readonly TraceEvent[]): readonly string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const event of events) {
    for (const time of event.dur === undefined ? [event.ts] : [event.ts, event.dur])
      if (!Number.isSafeInteger(time) || time < 0) faults.push(`${event.ph} ${event.name}: ${time} is no time`);
    if ((event.ph === 'X') !== (event.dur !== undefined)) faults.push(`${event.ph} ${event.name}: wrong about its dur`);
    if (event.ph === 'X') seen.add(`${rowOf(event)} ${event.ts}`);
    if ('stf'.includes(event.ph) && !seen.has(`${rowOf(event)} ${event.ts}`))
      faults.push(`flow ${event.id}: no slice begins at ${event.ts} on row ${rowOf(event)} before it in the file`);
    if ('stf'.includes(event.ph) && (event.cat !== 'frame' || event.name !== 'frame'))
      faults.push(`flow ${event.id}: its events differ in name`);
  }
  for (const [name, slices] of slicesByRow(events)) {
    if (name.startsWith('unnamed')) faults.push(`row ${name}`);
    let endTs = 0;
    for (const { ts, dur = 0, name: what } of slices) {
      if (ts < endTs) faults.push(`row ${name}: ${what} begins at ${ts}, before ${endTs}`);
      endTs = ts + dur;
    }
  }
  for (const [id, flow] of flowsOf(events)) {
    const phases = flow.map(({ ph }) => ph).join('');
    if (!/^st*f$/.test(phases)) faults.push(`flow ${id}: ${phases}`);
    if (flow.at(-1)?.bp !== 'e') faults.push(`flow ${id}: its end looks for the next slice`);
  }
  return faults;
}
