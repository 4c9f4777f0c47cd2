import type { NodeSnapshot, ProcessMeter, RunSnapshot } from '@kinegraph/core';
import type { FaultNow, FiguresMessage, NodeNow } from '@kinegraph/core/protocol';
import type { LiveRun } from '../runs/live-run.js';
import { RECENT_BOUNDS, timesSince } from './recent-times.js';

/** Snapshots that the newest is compared with the oldest of: with two a second, the last five seconds. */
const KEPT = 11;

/** Tells a run's figures as they are of late. One for each who follows them, since it compares with what was before. */
export class RecentFigures {
  /** The oldest first. */
  readonly #before: ReadonlyMap<string, NodeSnapshot>[] = [];

  constructor(
    private readonly live: Pick<LiveRun, 'run' | 'changes'>,
    private readonly meter: ProcessMeter,
  ) {}

  next(): FiguresMessage {
    const { run, changes } = this.live;
    const { runId, state, elapsedMs, nodes }: RunSnapshot = run.snapshot(RECENT_BOUNDS);
    const [oldest] = this.#before;
    const { cpuMs, rssBytes } = this.meter.read();
    this.#before.push(new Map(nodes.map((node) => [node.name, node])));
    if (this.#before.length > KEPT) this.#before.shift();
    return {
      ...{ type: 'figures', run: runId, state, paused: run.paused, elapsedMs: Math.round(elapsedMs), changes },
      nodes: nodes.map((node) => nodeNow(oldest?.get(node.name), node)),
      process: { cpuMs: Math.round(cpuMs), rssBytes },
    };
  }
}

function nodeNow(before: NodeSnapshot | undefined, node: NodeSnapshot): NodeNow {
  const { name, state, skipped, failed, dropped, perSecond, lastFault, trouble, connection, ageMs } = node;
  return {
    ...{ name, state, in: node.in, out: node.out, skipped, failed, dropped },
    perSecond: Number.isNaN(perSecond) ? null : Math.round(perSecond * 100) / 100,
    waitMs: timesSince(before?.waitMs, node.waitMs),
    workMs: timesSince(before?.workMs, node.workMs),
    handOverMs: timesSince(before?.handOverMs, node.handOverMs),
    ...(ageMs === undefined ? {} : { ageMs: timesSince(before?.ageMs, ageMs) }),
    ...(lastFault === undefined ? {} : { lastFault: faultNow(lastFault) }),
    ...(trouble === undefined ? {} : { trouble: faultNow(trouble) }),
    ...(connection === undefined
      ? {}
      : {
          connection: {
            state: connection.state,
            ...(connection.lastError === undefined ? {} : { lastError: faultNow(connection.lastError) }),
          },
        }),
  };
}

const faultNow = ({ code, message, ageMs }: FaultNow): FaultNow => ({ code, message, ageMs: Math.round(ageMs) });
