import type { FileConfinement } from './access/confined-paths.js';

/** Options of the platform on Node, plain data: workers build theirs from the same. */
export interface NodePlatformOptions {
  /** Where models are cached and plugins keep their files. Default: `KINEGRAPH_HOME`, else `~/.cache/kinegraph`. */
  readonly homeFolder?: string;
  /** True: models are not downloaded, and no connection is opened for them. Default: what `KINEGRAPH_OFFLINE` says. */
  readonly offline?: boolean;
  /** The most that the pool of raw frames may hold, in bytes: 1 GiB unless told otherwise, 3.5 GiB at most. */
  readonly framePoolBytes?: number;
  /**
   * Tells of frames that nodes do not close, with the stack where each was taken, which costs time for every frame. Default:
   * true where the environment has `KINEGRAPH_DEV=1`.
   */
  readonly development?: boolean;
  /** Where nodes may reach files, in workers, too. Left out: wherever the rights of the process lead, as on the command line. */
  readonly files?: FileConfinement;
  /** The hosts, addresses, ranges and devices that nodes may connect to, as `NetworkAllowList` reads them. Left out: all. */
  readonly networkAllow?: readonly string[];
  /** The operator's settings by plugin name. */
  readonly pluginConfiguration?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
