import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WriterLogger, parseGraph } from '@kinegraph/core';
import type { GraphDocument } from '@kinegraph/core';
import { AuditLog } from '../../src/audit/index.js';
import { GraphLibrary } from '../../src/graphs/index.js';
import { Store } from '../../src/store/index.js';
import type { Author } from '../../src/store/index.js';

/** A workspace with what keeps graphs in it; may be closed and opened again, as by a restart. */
export class KeptGraphs implements Disposable {
  readonly logged: string[] = [];
  readonly workspace: string;
  readonly #isOwnFolder: boolean;
  #store: Store | undefined;
  #library: GraphLibrary | undefined;
  #audit: AuditLog | undefined;

  /** @param workspace - Left out: one of its own, which goes with it. */
  constructor(workspace?: string) {
    this.#isOwnFolder = workspace === undefined;
    this.workspace = workspace ?? mkdtempSync(path.join(tmpdir(), 'kinegraph-kept-'));
  }

  get store(): Store {
    this.#store ??= new Store({ stateFolder: path.join(this.workspace, '.kinegraph') });
    return this.#store;
  }
  get audit(): AuditLog {
    this.#audit ??= new AuditLog(this.store, clock);
    return this.#audit;
  }
  get library(): GraphLibrary {
    const logger = new WriterLogger((_level, message) => void this.logged.push(message));
    this.#library ??= new GraphLibrary(this.store, { folder: this.folder }, this.audit, clock, logger);
    return this.#library;
  }
  get folder(): string {
    return path.join(this.workspace, 'graphs');
  }

  file(id: string): string {
    return path.join(this.folder, `${id}.kinegraph.json`);
  }

  /** As by a restart of the server. */
  restart(): void {
    this.#store?.close();
    this.#store = this.#library = this.#audit = undefined;
  }

  [Symbol.dispose](): void {
    this.restart();
    if (this.#isOwnFolder) rmSync(this.workspace, { recursive: true, force: true });
  }
}

const clock = { now: (): Date => new Date() };

export const ANNA: Author = { kind: 'token', tokenId: 'a1', name: 'anna' };
export const BEN: Author = { kind: 'token', tokenId: 'b2', name: 'ben' };

/** A document that can be told by its title. */
export function titled(title: string, extra: Record<string, unknown> = {}): GraphDocument {
  const { document } = parseGraph({
    kinegraph: 1,
    title,
    nodes: { out: { type: 'core.sink.results', config: extra } },
    wires: [],
  });
  if (document === undefined) throw new TypeError('no document');
  return document;
}
