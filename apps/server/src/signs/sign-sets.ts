import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { serviceId } from '@kinegraph/core';
import { takeQuality } from '@kinegraph/plugin-sign-classifier/teach';
import type { TakeDamage, TakeQuality } from '@kinegraph/plugin-sign-classifier/teach';
import { TakeStore } from '@kinegraph/plugin-sign-classifier/teach/node';
import { inject, injectable } from 'inversify';
import { SignModelNoneError, SignSetUnknownError } from './sign-errors.js';

/** Where sets are. */
export interface SignsOptions {
  /** Absolute; a folder in it is a set. */
  readonly folder: string;
  /** Relative paths that are told begin here. */
  readonly workspace: string;
  /** Largest upload. */
  readonly uploadBytes: number;
}
export const SignsOptions = serviceId<SignsOptions>('server.SignsOptions');

/** Names of sets: folders on every system, and plain parts of paths. */
export const SET_NAME = /^[A-Za-z0-9][\w-]{0,63}$/;
const MODEL = 'model.onnx';
/** So that the memory of what was read stays small. */
const MOST_KEPT = 20_000;

/** A set in a list. */
export interface SignSetSummary {
  readonly set: string;
  readonly labels: number;
  readonly takes: number;
  readonly hasModel: boolean;
}

/** A take in a list. */
export interface TakeSummary {
  readonly id: string;
  readonly recordedAt?: string;
  readonly source?: string;
  readonly frames?: number;
  readonly quality?: TakeQuality;
  readonly damage?: TakeDamage;
  /** Where it cannot be read at all. */
  readonly problem?: string;
}

/** A label with its takes. */
export interface LabelSummary {
  readonly label: string;
  readonly takes: readonly TakeSummary[];
}

/** The sets of takes on this server. */
@injectable()
export class SignSets {
  /** What was found in a file, by its path, while it stays as it is. */
  readonly #known = new Map<string, { readonly version: string; readonly take: TakeSummary }>();

  constructor(@inject(SignsOptions) private readonly options: SignsOptions) {}

  /** All sets, by name. */
  async list(): Promise<readonly SignSetSummary[]> {
    const entries = await readdir(this.options.folder, { withFileTypes: true }).catch(() => []);
    const names = entries.flatMap((entry) => (entry.isDirectory() && SET_NAME.test(entry.name) ? [entry.name] : []));
    return await Promise.all(
      names.toSorted().map(async (set) => {
        const takes = await this.store(set).list();
        const labels = new Set(takes.map(({ label }) => label)).size;
        return { set, labels, takes: takes.length, hasModel: (await this.#modelStat(set)) !== undefined };
      }),
    );
  }

  /** The takes of a set, which need not be there yet. @param set - that fits `SET_NAME` */
  store(set: string): TakeStore {
    return new TakeStore(path.join(this.options.folder, set));
  }

  /** @throws SignSetUnknownError */
  async existing(set: string): Promise<TakeStore> {
    const found = await stat(path.join(this.options.folder, set)).catch(() => undefined);
    if (found?.isDirectory() !== true) throw new SignSetUnknownError({ set });
    return this.store(set);
  }

  /** The labels of a set with their takes and what is thought of each. @throws SignSetUnknownError */
  async describe(set: string): Promise<readonly LabelSummary[]> {
    const store = await this.existing(set);
    const labels = new Map<string, TakeSummary[]>();
    for (const { label, id, file } of await store.list()) {
      const takes = labels.get(label) ?? [];
      labels.set(label, takes);
      takes.push(await this.#summary(store, label, id, file));
    }
    return [...labels].map(([label, takes]) => ({ label, takes }));
  }

  /** Where the model of a set is or will be. */
  modelFile(set: string): string {
    return path.join(this.options.folder, set, MODEL);
  }

  /** As the graphs of this server name it. */
  modelName(set: string): string {
    return path.relative(this.options.workspace, this.modelFile(set)).split(path.sep).join('/');
  }

  /** The card of the model of a set. @throws SignSetUnknownError, SignModelNoneError */
  async card(set: string): Promise<unknown> {
    await this.existing(set);
    const text = await readFile(this.modelFile(set).replace(/\.onnx$/, '.json'), 'utf8').catch(() => undefined);
    if (text === undefined) throw new SignModelNoneError({ set });
    return JSON.parse(text);
  }

  /** The model of a set. @throws SignSetUnknownError, SignModelNoneError */
  async model(set: string): Promise<Uint8Array> {
    await this.existing(set);
    const bytes = await readFile(this.modelFile(set)).catch(() => undefined);
    if (bytes === undefined) throw new SignModelNoneError({ set });
    return bytes;
  }

  async #modelStat(set: string): Promise<unknown> {
    return await stat(this.modelFile(set)).catch(() => undefined);
  }

  async #summary(store: TakeStore, label: string, id: string, file: string): Promise<TakeSummary> {
    const { size = 0, mtimeMs = 0 } = (await stat(file).catch(() => undefined)) ?? {};
    const version = `${size} ${mtimeMs}`;
    const known = this.#known.get(file);
    if (known?.version === version) return known.take;
    const take = await store.read(label, id).then(
      ({ take: { recordedAt, source, frames, ...rest }, damage }): TakeSummary => ({
        ...{ id, recordedAt, source, frames: frames.length },
        quality: takeQuality({ ...rest, frames }),
        ...(damage === undefined ? {} : { damage }),
      }),
      (error: unknown): TakeSummary => ({ id, problem: error instanceof Error ? error.message : String(error) }),
    );
    if (this.#known.size >= MOST_KEPT) this.#known.clear();
    this.#known.set(file, { version, take });
    return take;
  }
}
