import { serviceId } from '../base/index.js';
import type { Frame, FrameInfo, RawPixelFormat } from '../vision/index.js';
import type { Trace } from './packet.js';

/** The validated configuration of the node, defaults filled in. Its type is that of the node type's schema. */
export type NodeConfig = unknown;
export const NodeConfig = serviceId<unknown>('core.NodeConfig');

/** Who a node is. */
export interface NodeIdentity {
  /** Its name in the graph document. */
  readonly name: string;
  readonly type: string;
  readonly runId: string;
}
export const NodeIdentity = serviceId<NodeIdentity>('core.NodeIdentity');

/** What travels at the ports of a node in its graph: types without `$` and `{key}`, as far as the graph tells them. */
export interface PortTypes {
  /** Wired inputs only. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}
export const PortTypes = serviceId<PortTypes>('core.PortTypes');

/** What a run is made of, for whoever writes down where values came from. Not in workers. */
export interface RunOrigin {
  /** The graph as it runs, the configurations with all their defaults, as the text of a document. */
  readonly graph: string;
  /** Versions by package: the core, and the plugins of the graph's nodes. */
  readonly packages: Readonly<Record<string, string>>;
  /** The sha256 of the models that those plugins list, by id. */
  readonly models: Readonly<Record<string, string>>;
}
/** Asked for when it is needed: most nodes do not. */
export type RunOriginTeller = () => RunOrigin;
export const RunOriginTeller = serviceId<RunOriginTeller>('core.RunOriginTeller');

/**
 * Figures of one node, besides those that the runtime keeps by itself. They are in its snapshot, and where the server shows
 * metrics. To tell one costs no more than a look into a map.
 *
 * A node may have 32 names of its own: `a-z`, `0-9` and `_`, a letter first, 63 characters at most. Units end a name, as in
 * `queue_bytes`.
 */
export interface NodeMetrics {
  /**
   * Packets let go on purpose; `cause` is a short stable word such as `replaced` or `too-old`.
   * @param trace - of the packet, where it is one: so that what follows single frames knows what became of it
   */
  drop(cause: string, count?: number, trace?: Trace): void;
  /** Adds to a counter. @param by - 1 unless told; not below 0. @throws NodeFigureError - code `RUN_NODE_FIGURE` */
  count(name: string, by?: number): void;
  /** A number that holds until the next one; what is no finite number takes it away. @throws NodeFigureError */
  gauge(name: string, value: number): void;
}
export const NodeMetrics = serviceId<NodeMetrics>('core.NodeMetrics');

/**
 * How a source is connected. `waiting`: nothing has come yet; `live`: frames come; `stalled`: connected, but no frame for
 * too long; `reconnecting`: the connection was lost or never made; `refused`: the other side says no. A sink that sends
 * elsewhere: `live` once the other side has taken something, or the connection to it.
 */
export const CONNECTION_STATES = ['waiting', 'live', 'stalled', 'reconnecting', 'refused'] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];

/** Where a live source tells how it is connected. Previews of one that is not `live` vanish: an old picture is no picture. */
export interface SourceStatus {
  /** @param error - what went wrong, where something did; kept as the last error until the next one. */
  report(state: ConnectionState, error?: unknown): void;
}
export const SourceStatus = serviceId<SourceStatus>('core.SourceStatus');

/** Where a sink that sends elsewhere tells how it is connected. Not in workers. */
export type SinkStatus = SourceStatus;
export const SinkStatus = serviceId<SinkStatus>('core.SinkStatus');

/** Files of models that manifests name, or that a user points to. The sha256 is checked always. */
export interface ModelStore {
  /**
   * The bytes of a model: an id of a manifest, a file path, or an https URL (`#sha256=<hex>` pins it).
   * @throws ModelUnknownError, ModelMissingError, ModelCorruptError - code `MODEL_*`, each with a mend.
   */
  read(model: string, signal?: AbortSignal): Promise<Uint8Array>;
  /**
   * Changes whenever what `read` would give changes: of a file of the user its size and the time of its last change, told
   * without reading it. Undefined while there is no such file. A store without it has models that stay as they are.
   * @throws FileNotAllowedError, ModelFileError
   */
  version?(model: string): Promise<string | undefined>;
  /**
   * The same models, with file paths resolved, and allowed or not, by `paths`. Every run gives its nodes such a store, so
   * that a node passes on what its configuration says.
   */
  withPaths?(paths: PathResolver): ModelStore;
}
export const ModelStore = serviceId<ModelStore>('core.ModelStore');

/** What to make of an encoded image while decoding it. */
export interface DecodeOptions {
  /** `gray8` is the luma of ITU-R BT.601, as JPEG stores it. */
  readonly format: RawPixelFormat;
  /** Reduce so that the shorter side has this many pixels; never enlarges. */
  readonly shortSide?: number;
  readonly signal?: AbortSignal;
}

/** Decodes encoded images off the main thread. Bytes must stay as they are until the answer has come. */
export interface ImageCodec {
  /** Size and format as the header says, without decoding. @throws ImageError - code `IMAGE_*` */
  readHeader(bytes: Uint8Array): {
    readonly width: number;
    readonly height: number;
    readonly format: 'jpeg' | 'png' | 'webp';
  };
  /**
   * A raw frame in pooled memory with the timing of `frame`, which stays the caller's.
   * @throws ImageError - code `IMAGE_*`: truncated, empty, too large (told from the header, before decoding), no image.
   */
  decode(frame: Frame, options: DecodeOptions): Promise<Frame>;
  /** As `decode`, for bytes that are no frame yet. */
  decodeBytes(
    bytes: Uint8Array,
    timing: Pick<FrameInfo, 'sequence' | 'timestampMs' | 'capturedAtMs'>,
    options: DecodeOptions,
  ): Promise<Frame>;
}
export const ImageCodec = serviceId<ImageCodec>('core.ImageCodec');

/** How a frame is to be shown. */
export interface PreviewOptions {
  /** Of the JPEG, 1 (small) to 100 (like the picture), whole. A frame that is a JPEG already keeps the one it has. */
  readonly quality: number;
  /** Reduce so that the shorter side has this many pixels, whole, from 1; never enlarges. Left out: as large as the frame. */
  readonly shortSide?: number;
}

/** A JPEG file. */
export interface EncodedImage {
  /** Read only by agreement: all who asked for the same share it. */
  readonly bytes: Uint8Array;
  /** Pixels as stored; a JPEG that came as one may ask in its Exif to be turned. */
  readonly width: number;
  readonly height: number;
}

/** Makes JPEGs of frames off the main thread. */
export interface ImageEncoder {
  /**
   * A JPEG of `frame`, which stays the caller's and may be closed at once. A frame that came as JPEG answers with its own
   * bytes, unless it has to be reduced; other encoded frames are decoded first.
   * @throws ImageError - code `IMAGE_*`; FrameClosedError; RangeError for options out of range
   */
  encode(frame: Frame, options: PreviewOptions): Promise<EncodedImage>;
}
export const ImageEncoder = serviceId<ImageEncoder>('core.ImageEncoder');

/** JPEGs of the newest frames of each source, encoded once for all who watch. A run's own; a worker has one for itself. */
export interface EncodedFrameCache {
  /**
   * As `ImageEncoder.encode`; the same promise for all who ask for one picture, clones of its frame included, with the
   * same options. Encodings that fail are not kept.
   * @param source - whom the frame comes from: `info.trace.source`.
   */
  get(source: string, frame: Frame, options: PreviewOptions): Promise<EncodedImage>;
  /** Lets go what is kept of a source, since it has disconnected. Encodings under way still reach those who asked. */
  forgetSource(source: string): void;
  /** What it has answered so far; only where somebody counts. */
  readonly counts?: EncodedFrameCounts;
}

/** How the answers of a cache of encodings came about. */
export interface EncodedFrameCounts {
  /** Encodings that were begun. */
  readonly encoded: number;
  /** Answers that shared an encoding which was there, or under way. */
  readonly shared: number;
}
export const EncodedFrameCache = serviceId<EncodedFrameCache>('core.EncodedFrameCache');

/** Where text lines go: standard output, a file. */
export interface LineWriter {
  write(line: string): Promise<void>;
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** When a file of lines is done and another begins. */
export interface LineRotation {
  /** The most that a file holds, unless one line alone is larger. */
  readonly bytes: number;
  /** A file that has been written to for this long is done; seen to at the next line. */
  readonly ms: number;
  /** Where files that are done go: the newest to the first path, the one there before to the second, and so on. */
  readonly aside: readonly string[];
}

/** Opens places to write lines to; `-` is standard output. Paths are those the operator allows. */
export interface LineWriterFactory {
  /** @param rotation - of a file. Left out: one file, which is begun anew. */
  open(target: string, rotation?: LineRotation): Promise<LineWriter>;
}
export const LineWriterFactory = serviceId<LineWriterFactory>('core.LineWriterFactory');

/** Functions of the embedding program, called by `core.sink.callback`; keyed by node name. */
export type ResultCallback = (
  value: unknown,
  info: { readonly timestampMs: number; readonly ageMs: number; readonly sequence: number },
) => void | PromiseLike<void>;
export interface CallbackRegistry {
  get(name: string): ResultCallback | undefined;
}
export const CallbackRegistry = serviceId<CallbackRegistry>('core.CallbackRegistry');

/** What a path of a configuration is for. */
export type PathUse = 'read' | 'write' | 'execute';

/** Resolves file paths of a configuration: relative ones against the folder of the graph document. */
export interface PathResolver {
  /**
   * The path to open. Ask right before opening, with what the file is for.
   * @param use - `read` where left out.
   * @throws FileNotAllowedError - code `CORE_FILE_NOT_ALLOWED`, where the operator has not allowed it
   */
  resolve(path: string, use?: PathUse): string;
}
export const PathResolver = serviceId<PathResolver>('core.PathResolver');

/** Which addresses of the network, and which devices, a node may open. The embedding program decides. */
export interface NetworkAccess {
  /**
   * Returns where the address is allowed. A node asks before it opens anything, and again with `addresses` before each
   * connection, since a name may lead elsewhere by then.
   * @param url - what is to be opened, without user name, password and query; `device:` and its name for a local device
   * @param addresses - the IP addresses that its host resolves to right now; left out: not resolved yet
   * @throws KinegraphError that names what is allowed
   */
  check(url: string, addresses?: readonly string[]): void;
}
export const NetworkAccess = serviceId<NetworkAccess>('core.NetworkAccess');

/** Allows every address: what the command line binds, whose user could open them anyway. */
export const unrestrictedNetwork: NetworkAccess = { check: () => {} };
