import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { formatGraph, parseGraph } from '@kinegraph/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANNA, BEN, KeptGraphs, titled } from '../../test/support/kept-graphs.js';
import { GraphConflictError, GraphInvalidError, GraphUnknownError } from './graph-errors.js';
import type { SavedGraph } from './graph-library.js';

const ID = 'shared';
const WRITERS = [ANNA, BEN];

type Step =
  | { readonly do: 'read' | 'delete'; readonly who: number }
  | { readonly do: 'put'; readonly who: number; readonly title: number }
  | { readonly do: 'restore'; readonly who: number; readonly back: number }
  | { readonly do: 'edit' | 'reformat'; readonly title: number }
  | { readonly do: 'remove' | 'restart' | 'break' };

const who = fc.nat(1);
const title = fc.nat(3);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('read' as const), who }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('put' as const), who, title }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('restore' as const), who, back: fc.nat(4) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('edit' as const, 'reformat' as const), title }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('remove' as const, 'restart' as const, 'break' as const) }) },
);

/** Two writers who each know what they last read, and a hand on the file. */
class Workspace implements Disposable {
  readonly kept = new KeptGraphs();
  /** What each writer has read last. */
  readonly #read = [0, 0];
  /** Canonical texts that somebody was told are saved, or put into the file and were then looked at. */
  readonly #promised = new Map<number, string | undefined>();
  /** What a hand has put into the file and nobody has looked at yet. */
  #byHand: string | undefined;
  #newest = 0;

  take(one: Step): void {
    const { library } = this.kept;
    switch (one.do) {
      case 'read':
        this.#look(one.who);
        return;
      case 'put': {
        const document = titled(`${one.title}`);
        this.#change(one.who, formatGraph(document), (change) => library.put(ID, document, change));
        return;
      }
      case 'delete':
        this.#change(one.who, undefined, (change) => library.delete(ID, change));
        return;
      case 'restore': {
        const from = this.#newest - one.back;
        const text = this.#promised.get(from);
        if (text !== undefined) this.#change(one.who, text, (change) => library.restore(ID, from, change));
        return;
      }
      case 'edit':
      case 'reformat': {
        const document = titled(`${one.title}`);
        mkdirSync(this.kept.folder, { recursive: true });
        this.#byHand = formatGraph(document);
        writeFileSync(this.kept.file(ID), one.do === 'edit' ? this.#byHand : JSON.stringify(document));
        return;
      }
      case 'break':
        if (existsSync(this.kept.folder)) writeFileSync(this.kept.file(ID), '{ broken');
        this.#byHand = undefined;
        return;
      case 'remove':
        rmSync(this.kept.file(ID), { force: true });
        this.#byHand = undefined;
        return;
      case 'restart':
        this.kept.restart();
    }
  }

  /** Reads as a client does, and checks what it is told. */
  #look(reader: number): void {
    const { library } = this.kept;
    const revisions = this.#history();
    if (revisions.length === 0) return;
    const [newest] = revisions;
    this.#read[reader] = newest ?? 0;
    try {
      const { revision, text } = library.get(ID);
      expect(revision).toBe(newest);
      // What a hand has put there last is what counts, until somebody saves something else.
      if (this.#byHand !== undefined) expect(text).toBe(this.#byHand);
    } catch (error) {
      // Deleted, and perhaps a file that cannot be read is in its place.
      if (!(error instanceof GraphUnknownError || error instanceof GraphInvalidError)) throw error;
      expect(this.#promised.get(newest ?? 0)).toBeUndefined();
      expect(this.#byHand).toBeUndefined();
    }
    this.#byHand = undefined;
  }

  /** All revisions, newest first: strictly falling, none missing, none changed. */
  #history(): readonly number[] {
    const { library } = this.kept;
    let revisions: readonly number[];
    try {
      revisions = library.history(ID).map(({ revision }) => revision);
    } catch (error) {
      if (!(error instanceof GraphUnknownError)) throw error;
      expect(this.#newest).toBe(0);
      return [];
    }
    const [newest = 0] = revisions;
    expect(newest).toBeGreaterThanOrEqual(this.#newest);
    expect(revisions).toEqual(Array.from({ length: newest }, (_, index) => newest - index));
    for (const { revision, action } of library.history(ID)) {
      const text = action === 'delete' ? undefined : library.revision(ID, revision).text;
      if (this.#promised.has(revision)) expect(text).toBe(this.#promised.get(revision));
      this.#promised.set(revision, text);
    }
    this.#newest = newest;
    return revisions;
  }

  #change(
    writer: number,
    text: string | undefined,
    change: (of: { revision: number; by: (typeof WRITERS)[number] }) => SavedGraph,
  ): void {
    const by = WRITERS[writer] ?? ANNA;
    const revision = this.#read[writer] ?? 0;
    let saved: SavedGraph;
    try {
      saved = change({ revision, by });
    } catch (error) {
      if (!(error instanceof GraphConflictError || error instanceof GraphUnknownError)) throw error;
      // Refused for a reason: somebody else has been there, or it is gone.
      if (error instanceof GraphConflictError) expect(error.data.revision).not.toBe(revision);
      this.#history();
      return;
    }
    // What the hand had put there was looked at before, and is a revision of its own now.
    const byHand = this.#byHand;
    this.#byHand = undefined;
    this.#history();
    if (byHand !== undefined) expect([...this.#promised.values()]).toContain(byHand);
    expect(this.#promised.get(saved.revision)).toBe(text);
    if (saved.changed) {
      expect(saved.revision).toBe(this.#newest);
      // It was made to what was the newest, or to nothing where nothing was.
      if (revision !== 0) expect(saved.revision).toBe(revision + 1);
      else expect(this.#promised.get(saved.revision - 1)).toBeUndefined();
      const file = this.kept.file(ID);
      expect(existsSync(file) ? formatted(readFileSync(file, 'utf8')) : undefined).toBe(text);
    }
    this.#read[writer] = saved.revision;
  }

  [Symbol.dispose](): void {
    this.kept[Symbol.dispose]();
  }
}

function formatted(text: string): string | undefined {
  const { document } = parseGraph(text);
  return document && formatGraph(document);
}

describe('Two writers and a hand on the file, in any order, with restarts in between,', () => {
  it('lose no edit, and numbers of revisions only grow', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 4, maxLength: 30 }), (steps) => {
        using workspace = new Workspace();
        for (const one of steps) workspace.take(one);
        workspace.take({ do: 'read', who: 0 });
      }),
      { numRuns: 60 },
    );
  });
});
