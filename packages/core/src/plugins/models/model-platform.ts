import type { ByteRange, ModelSource } from './model-source.js';

/** A file that is there. */
export interface LocatedFile {
  /** As people are shown it. */
  readonly file: string;
  readonly bytes: number;
  /** When it was last changed, in milliseconds of the calendar, where the platform tells. */
  readonly changedAtMs?: number;
}

/** A file that is not there, and what of it is missing. */
export interface MissingFile {
  readonly missing: 'package' | 'file';
  /** Where it should be. */
  readonly file: string;
}

/** A model's source that is a file of an installed package. */
export type PackagedSource = Extract<ModelSource, { kind: 'npm' | 'file' }>;

/** How a platform reaches files of packages and of the user. */
export interface ModelFiles {
  /** @param pluginFolderUrl - Folder of the plugin, from which packages are looked up. */
  locate(source: PackagedSource, pluginFolderUrl: string): Promise<LocatedFile | MissingFile>;
  /** A path or file URL of the user, already resolved. @throws ModelFileError for what is there but no usable file. */
  locateUserFile(path: string): Promise<LocatedFile | MissingFile>;
  /** Fewer bytes than the range where the file is too short. */
  read(file: string, range?: ByteRange, signal?: AbortSignal): Promise<Uint8Array>;
}

/** What a URL gave when it was first downloaded. */
export interface DownloadRecord {
  readonly url: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Keeps built and downloaded models from one process to the next, by their SHA-256 sum. It checks nothing itself. */
export interface ModelCache {
  /** The place of a file, there or not. */
  fileOf(sha256: string): string;
  /** Size in bytes; undefined where there is none. */
  sizeOf(sha256: string): Promise<number | undefined>;
  read(sha256: string): Promise<Uint8Array | undefined>;
  /** All or nothing: whoever reads at the same time, in whichever process, sees the whole file or none. */
  write(sha256: string, bytes: Uint8Array): Promise<void>;
  remove(sha256: string): Promise<void>;
  /** Goes on with a download, or begins it. One owner at a time: whoever asks while another has it waits. @throws AbortedError */
  openPartial(key: PartialDownloadKey, options: OpenPartialOptions): Promise<PartialDownload>;
  /** How many bytes of a download are there to go on with; undefined where there are none. */
  partialBytesOf(key: PartialDownloadKey): Promise<number | undefined>;
  readRecord(url: string): Promise<DownloadRecord | undefined>;
  writeRecord(record: DownloadRecord): Promise<void>;
  /** Where the record of a URL is kept. */
  recordFileOf(url: string): string;
}

/** How a download is opened. */
export interface OpenPartialOptions {
  /** True: a disk that takes nothing is an error at once. False: the download is held in memory instead. */
  readonly mustKeep: boolean;
  readonly signal?: AbortSignal;
  /** Called once where another owner has it. */
  readonly onWait?: () => void;
}

/** What a server says of the version of a file, to ask it for the rest of the very same one. */
export interface FileVersion {
  /** A strong entity tag, as sent. */
  readonly etag?: string;
  /** The time of its last change, as sent, where it is old enough to tell versions apart. */
  readonly lastModified?: string;
}

/** A download on its way into the cache: the bytes so far, which outlive the process where there is a disk. One owner. */
export interface PartialDownload extends AsyncDisposable {
  /** How many bytes there are. */
  readonly length: number;
  /** Of which version of the file they are. */
  readonly version: FileVersion;
  /** Lets the bytes go and begins anew. */
  restart(version: FileVersion): Promise<void>;
  append(piece: Uint8Array): Promise<void>;
  /** The SHA-256 sum of the bytes there are. */
  sha256(): string;
  /** The bytes there are, as an array of the caller's own. */
  bytes(): Uint8Array;
  /** Makes the bytes the cached file of their sum, all or nothing. Fails with what kept them from the disk. */
  commit(): Promise<void>;
}

/** Which download to go on with. */
export interface PartialDownloadKey {
  /** The sum of the whole file, where it is known; else its URL names the download. */
  readonly sha256?: string;
  readonly url: string;
}

/** How a download stands. */
export interface DownloadProgress {
  /** Bytes there are; falls where a download begins anew. */
  readonly bytes: number;
  readonly totalBytes?: number;
  /** Over the last seconds; undefined until there is something to tell it from. */
  readonly bytesPerSecond?: number;
  /** What holds it up just now, as words to show: "the server answered with status 503; next try in 2 s". */
  readonly note?: string;
}

/** What to download, how much of it, and into what. */
export interface DownloadOptions {
  /** Goes on from what is there, and holds the file in the end. Whoever called checks its sum. */
  readonly into: PartialDownload;
  /** More than this is refused, as soon as it is known or has come. */
  readonly maxBytes: number;
  /** What the file should be. With a sum known, even a file of which the server tells no version is resumed. */
  readonly expected?: { readonly sha256: string; readonly bytes?: number };
  /** Only this part of the file. */
  readonly range?: ByteRange;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Asked before each connection, also where the server leads on to; what it throws ends the download. */
  readonly checkUrl?: (url: string) => void;
}

/** Fetches one file. */
export interface ModelDownloader {
  /** @param url - https, or http on this very machine. @throws ModelDownloadError, AbortedError, and what `into` throws */
  download(url: string, options: DownloadOptions): Promise<void>;
}
