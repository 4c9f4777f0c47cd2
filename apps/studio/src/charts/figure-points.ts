import type { FiguresMessage } from '@kinegraph/core/protocol';

/** What the charts of a run draw for one moment, by chart and name of the line. */
export interface FigurePoints {
  /** Milliseconds, by sink and percentile. */
  readonly age: Readonly<Record<string, number | null>>;
  /** Results a second, by node. */
  readonly rates: Readonly<Record<string, number | null>>;
  /** Packets a second, by node; only of those that have ever dropped any. */
  readonly drops: Readonly<Record<string, number | null>>;
  /** Per cent of one processor: more than 100 where several threads work. */
  readonly cpu: Readonly<Record<string, number | null>>;
  /** MiB. */
  readonly memory: Readonly<Record<string, number | null>>;
}

const MIB = 1_048_576;

/** @param before - the figures half a second ago; undefined: there were none. */
export function figurePoints(before: FiguresMessage | undefined, now: FiguresMessage): FigurePoints {
  const seconds = before === undefined ? 0 : (now.elapsedMs - before.elapsedMs) / 1000;
  const dropsBefore = new Map(before?.nodes.map(({ name, dropped }) => [name, sum(dropped)]));
  const perSecond = (difference: number): number | null =>
    seconds > 0 && difference >= 0 ? round(difference / seconds) : null; // a node that was restarted counts anew
  const dropping = now.nodes.filter(({ dropped }) => sum(dropped) > 0);
  return {
    age: Object.fromEntries(
      now.nodes.flatMap(({ name, ageMs }) =>
        ageMs === undefined
          ? []
          : [
              [`${name} p50`, ageMs.p50],
              [`${name} p95`, ageMs.p95],
            ],
      ),
    ),
    rates: Object.fromEntries(now.nodes.map((node) => [node.name, node.perSecond])),
    drops: Object.fromEntries(
      dropping.map(({ name, dropped }) => [name, perSecond(sum(dropped) - (dropsBefore.get(name) ?? 0))]),
    ),
    cpu: { cpu: perSecond((now.process.cpuMs - (before?.process.cpuMs ?? 0)) / 10) },
    memory: { rss: round(now.process.rssBytes / MIB) },
  };
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);
const round = (value: number): number => Math.round(value * 100) / 100;
