/** Milliseconds that were observed of late; null where nothing was. */
export interface RecentTimes {
  readonly count: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

/** Something that went wrong at a node. */
export interface FaultNow {
  readonly code: string;
  readonly message: string;
  /** Milliseconds since then. */
  readonly ageMs: number;
}

/** One node of a run, as it does now: counts are since it began, times are of the last seconds. */
export interface NodeNow {
  readonly name: string;
  /** One of `NODE_STATES`. */
  readonly state: string;
  readonly in: number;
  readonly out: number;
  readonly skipped: number;
  readonly failed: number;
  /** By cause. */
  readonly dropped: Readonly<Record<string, number>>;
  /** Results a second over the last five seconds; null in the first. */
  readonly perSecond: number | null;
  readonly waitMs: RecentTimes;
  readonly workMs: RecentTimes;
  /** Of a buffer: how long packets lie in it. */
  readonly handOverMs: RecentTimes;
  /** Sinks only: age of what arrives. */
  readonly ageMs?: RecentTimes;
  /** The last packet that failed. */
  readonly lastFault?: FaultNow;
  /** What last took its worker down. */
  readonly trouble?: FaultNow;
  /** Only of sources and sinks that tell. */
  readonly connection?: { readonly state: string; readonly lastError?: FaultNow };
}

/** What a run tells of itself twice a second: `GET /api/v1/runs/{run}/figures`. */
export interface FiguresMessage {
  readonly type: 'figures';
  readonly run: string;
  /** One of `RUN_STATES`. */
  readonly state: string;
  readonly paused: boolean;
  /** Since the sources began. */
  readonly elapsedMs: number;
  /** How often its graph has changed since it began: who shows the graph reads it again. */
  readonly changes: number;
  readonly nodes: readonly NodeNow[];
  /** Of the whole server: processor time since it began (all threads together), and what it holds in memory. */
  readonly process: { readonly cpuMs: number; readonly rssBytes: number };
}
