import type { ByteRange, ModelSource } from './model-source.js';

/** A file that is there. */
export interface LocatedFile {
  /** As people are shown it. */
  readonly file: string;
  readonly bytes: number;
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
  readRecord(url: string): Promise<DownloadRecord | undefined>;
  writeRecord(record: DownloadRecord): Promise<void>;
  /** Where the record of a URL is kept. */
  recordFileOf(url: string): string;
}

/** Limits of one download. */
export interface DownloadOptions {
  /** More than this is refused. */
  readonly maxBytes: number;
  /** Only this part of the file. */
  readonly range?: ByteRange;
  readonly signal?: AbortSignal;
}

/** Fetches one file. */
export interface ModelDownloader {
  /** @param url - https, or http on this very machine. @throws ModelDownloadError, AbortedError */
  download(url: string, options: DownloadOptions): Promise<Uint8Array>;
}
