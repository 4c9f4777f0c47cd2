import { GRAPH_FORMAT, formatGraph, hasErrors, parseGraph, validateGraph } from '@kinegraph/core';
import type { GraphDocument, Problem } from '@kinegraph/core';
import { canvasModel, placesOf } from '@kinegraph/ui/components';
import { ConnectionCheck, EditHistory, keepPlaces } from '@kinegraph/ui/editing';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { useCatalog } from '../api/catalog-store.js';
import { ApiFailure, answered, server } from '../api/server.js';
import type { GraphSummary } from '../api/server.js';
import { useRunSession } from '../runs/run-session.js';
import { t } from '../i18n/texts.js';
import { DraftKeeper, readDraft } from './drafts.js';
import type { Draft } from './drafts.js';

const EMPTY: GraphDocument = { kinegraph: GRAPH_FORMAT, nodes: {}, wires: [] };

/** What the server has of the graph. */
interface Saved {
  /** 0: nothing yet. */
  readonly revision: number;
  readonly text: string;
}

/**
 * The graph that is being edited: the draft with its history, what is saved of it, and what runs. The document is ours; the
 * canvas shows it, and `graph-steps.ts` changes it.
 */
export const useGraphSession = defineStore('graph-session', () => {
  const library = useCatalog();
  const id = ref<string>();
  const saved = shallowRef<Saved>({ revision: 0, text: '' });
  /** The revision that runs. */
  const deployed = ref<number>();
  /** Of somebody else, where a save met one. */
  const conflict = ref<number>();
  let history = new EditHistory(EMPTY);
  const document = shallowRef<GraphDocument>(EMPTY);
  const undoable = ref<string>();
  const redoable = ref<string>();
  const selection = shallowRef<ReadonlySet<string>>(new Set());
  const wire = ref<string>();

  const problems = computed<readonly Problem[]>(() => validateGraph(document.value, library.catalog));
  const check = computed(() => new ConnectionCheck(document.value, library.catalog));
  const model = computed(() => canvasModel(document.value, library.catalog, problems.value, check.value));
  const isDirty = computed(() => formatGraph(document.value) !== saved.value.text);

  const drafts = new DraftKeeper();
  window.addEventListener('pagehide', () => void drafts.flush());
  function keep(): void {
    const graph = id.value;
    if (graph === undefined) return;
    const { revision, text: savedText } = saved.value;
    const text = formatGraph(history.document);
    drafts.keep({ graph, revision, text, isUnsaved: text !== savedText, history: history.kept });
  }

  function shown(): void {
    document.value = history.document;
    undoable.value = history.undoable;
    redoable.value = history.redoable;
    const names = history.document.nodes;
    if ([...selection.value].some((name) => !Object.hasOwn(names, name)))
      selection.value = new Set([...selection.value].filter((name) => Object.hasOwn(names, name)));
    if (wire.value !== undefined && !model.value.wires.some((each) => each.id === wire.value)) wire.value = undefined;
  }

  /** @param draft - what was done to it here before, and is not lost: also where somebody else has saved since. */
  function begin(graph: string, from: GraphDocument, revision: number, draft?: Draft): void {
    id.value = graph;
    const text = revision === 0 ? '' : formatGraph(from);
    // Nothing was left unsaved, and it has gone on elsewhere: the steps that lead there are not ours.
    const isOver = draft !== undefined && !draft.isUnsaved && draft.revision !== revision;
    const drafted = draft === undefined || isOver ? undefined : parseGraph(draft.text).document;
    const isNewer = draft !== undefined && drafted !== undefined && draft.revision !== revision && draft.text !== text;
    history = drafted === undefined ? new EditHistory(from) : new EditHistory(drafted, draft?.history);
    saved.value = { revision: isNewer ? draft.revision : revision, text };
    conflict.value = isNewer ? revision : undefined;
    select(new Set());
    shown();
  }

  /** The graph that was asked for last. */
  let opening: string | undefined;
  /** What is done meanwhile would be lost to what comes. */
  const isOpening = ref(false);

  /**
   * Opens a graph, with the draft of it that this browser has.
   * @param fresh - what is saved, and no draft.
   * @throws ApiFailure
   */
  async function open(graph: string, fresh = false): Promise<void> {
    opening = graph;
    isOpening.value = true;
    try {
      await read(graph, fresh);
    } finally {
      if (opening === graph) isOpening.value = false;
    }
  }

  async function read(graph: string, fresh: boolean): Promise<void> {
    await drafts.flush();
    await library.load();
    const draft = fresh ? undefined : await readDraft(graph);
    const known = await listed(graph);
    const kept = known && (await answered(server.GET('/api/v1/graphs/{graph}', { params: { path: { graph } } })));
    if (opening !== graph) return; // another was wanted meanwhile
    deployed.value = known?.deployed;
    begin(graph, kept === undefined ? EMPTY : (kept.graph as GraphDocument), kept?.revision ?? 0, draft);
    if (fresh) keep();
  }

  async function listed(graph: string): Promise<GraphSummary | undefined> {
    const { graphs } = await answered(server.GET('/api/v1/graphs'));
    return graphs.find((one) => one.id === graph);
  }

  /**
   * Saves the draft.
   * @param over - a revision of somebody else's that it replaces: it stays in the history.
   * @throws ApiFailure
   */
  async function save(over?: number): Promise<void> {
    const graph = id.value;
    if (graph === undefined) return;
    const sent = document.value;
    try {
      const kept = await answered(
        server.PUT('/api/v1/graphs/{graph}', {
          params: { path: { graph } },
          body: { graph: sent, revision: over ?? saved.value.revision },
        }),
      );
      if (id.value !== graph) return; // another is open by now
      saved.value = { revision: kept.revision, text: formatGraph(sent) };
      conflict.value = undefined;
      history.settle();
      keep();
    } catch (error) {
      if (!(error instanceof ApiFailure) || error.code !== 'SERVER_GRAPH_CONFLICT' || id.value !== graph) throw error;
      conflict.value = error.currentRevision;
    }
  }

  /** Takes a revision as it was, as a new one; the draft goes there in a step that can be taken back. @throws ApiFailure */
  async function restore(revision: number): Promise<void> {
    const graph = id.value;
    if (graph === undefined) return;
    const kept = await answered(
      server.POST('/api/v1/graphs/{graph}/revisions/{revision}/restore', {
        params: { path: { graph, revision } },
        body: { revision: saved.value.revision },
      }),
    );
    if (id.value !== graph) return; // another is open by now
    const restored = kept.graph as GraphDocument;
    saved.value = { revision: kept.revision, text: formatGraph(restored) };
    become(t('edit.restore', { revision }), restored);
  }

  /** Back to what is saved, in a step that can be taken back. */
  function discard(): void {
    const document = saved.value.revision === 0 ? EMPTY : parseGraph(saved.value.text).document;
    if (document !== undefined) become(t('edit.discard'), document);
  }

  /** Saves what is not saved, and runs it. @throws ApiFailure */
  async function deploy(): Promise<void> {
    if (isDirty.value) await save();
    if (id.value === undefined || conflict.value !== undefined) return;
    const run = useRunSession();
    await run.makeWay();
    const { revision } = await answered(
      server.POST('/api/v1/graphs/{graph}/deploy', {
        params: { path: { graph: id.value } },
        body: { revision: saved.value.revision },
      }),
    );
    deployed.value = revision;
    await run.refresh();
  }

  /** A step that can be taken back. @param merge - joins it to the one before, see `EditHistory.edit` */
  function edit(label: string, after: GraphDocument, merge?: string): void {
    history.edit(label, keepPlaces(document.value, after, placesOf(document.value)), merge);
    shown();
    keep();
  }

  /** A step to another document as it is: places that it does not have are not kept either. */
  function become(label: string, after: GraphDocument): void {
    history.edit(label, after);
    history.settle();
    shown();
    keep();
  }

  function select(names: ReadonlySet<string>): void {
    selection.value = names;
    wire.value = undefined;
  }

  return {
    ...{
      id,
      document,
      saved,
      deployed,
      conflict,
      problems,
      check,
      model,
      isDirty,
      selection,
      wire,
      undoable,
      redoable,
    },
    mayDeploy: computed(() => !hasErrors(problems.value) && Object.keys(document.value.nodes).length > 0),
    ...{ isOpening, open, save, restore, discard, deploy, edit, select },
    undo(): void {
      history.undo();
      shown();
      keep();
    },
    redo(): void {
      history.redo();
      shown();
      keep();
    },
    settle: (): void => history.settle(),
    selectWire(of: string | undefined): void {
      selection.value = new Set();
      wire.value = of;
    },
  };
});
