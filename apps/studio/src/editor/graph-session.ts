import { GRAPH_FORMAT, formatGraph, hasErrors, parseGraph, validateGraph } from '@kinegraph/core';
import type { GraphDocument, Problem } from '@kinegraph/core';
import { canvasModel, placesOf, sharedModel } from '@kinegraph/ui/components';
import type { CanvasMark, CanvasModel } from '@kinegraph/ui/components';
import { ConnectionCheck, EditHistory, keepPlaces } from '@kinegraph/ui/editing';
import type { Edit } from '@kinegraph/ui/editing';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { useCatalog } from '../api/catalog-store.js';
import { ApiFailure, answered, server } from '../api/server.js';
import type { GraphSummary } from '../api/server.js';
import { LatestOnly } from '../app/latest-only.js';
import { useRunSession } from '../runs/run-session.js';
import { t } from '../i18n/texts.js';
import { DraftKeeper, clearDraft, moveDraft, readDraft } from './drafts.js';
import type { Draft } from './drafts.js';
import { renameGraph } from './rename-graph.js';
import type { RunFate } from './rename-graph.js';

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
  /** The revision that was ours when somebody deleted the graph on the server: what is here is in no list there. */
  const gone = ref<number>();
  let history = new EditHistory(EMPTY);
  const document = shallowRef<GraphDocument>(EMPTY);
  const undoable = ref<string>();
  const redoable = ref<string>();
  const selection = shallowRef<ReadonlySet<string>>(new Set());
  const wire = ref<string>();
  /** The comment or group that is selected; nodes and wires are not, then. */
  const mark = shallowRef<CanvasMark>();

  const problems = computed<readonly Problem[]>(() => validateGraph(document.value, library.catalog));
  const check = computed(() => new ConnectionCheck(document.value, library.catalog));
  const model = computed<CanvasModel>((before) =>
    sharedModel(before, canvasModel(document.value, library.catalog, problems.value, check.value)),
  );
  const isDirty = computed(() => formatGraph(document.value) !== saved.value.text);

  const drafts = new DraftKeeper();
  window.addEventListener('pagehide', () => void drafts.flush());
  function keep(): void {
    const graph = id.value;
    if (graph === undefined) return;
    const { text: savedText } = saved.value;
    const revision = gone.value ?? saved.value.revision;
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
    const { comments = {}, groups = {} } = history.document;
    if (mark.value !== undefined && !Object.hasOwn(mark.value.is === 'comment' ? comments : groups, mark.value.name))
      mark.value = undefined;
  }

  /** @param draft - what was done to it here before, and is not lost: also where somebody else has saved since. */
  function begin(graph: string, from: GraphDocument, revision: number, draft?: Draft): void {
    id.value = graph;
    const text = revision === 0 ? '' : formatGraph(from);
    // Nothing was left unsaved, and it has gone on elsewhere: the steps that lead there are not ours.
    const isOver = draft !== undefined && !draft.isUnsaved && draft.revision !== revision;
    const drafted = draft === undefined || isOver ? undefined : parseGraph(draft.text).document;
    const isGone = drafted !== undefined && draft !== undefined && revision === 0 && draft.revision > 0;
    const isOther = draft !== undefined && drafted !== undefined && draft.revision !== revision && draft.text !== text;
    const isNewer = isOther && !isGone;
    history = drafted === undefined ? new EditHistory(from) : new EditHistory(drafted, draft?.history);
    saved.value = { revision: isNewer ? draft.revision : revision, text };
    conflict.value = isNewer ? revision : undefined;
    gone.value = isGone ? draft.revision : undefined;
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

  /** Somebody has deleted the graph: what is here is a draft of nothing from now on. */
  function lose(): void {
    gone.value ??= saved.value.revision;
    saved.value = { revision: 0, text: '' };
    conflict.value = undefined;
  }

  /** Asks the server whether the graph is still there. @throws ApiFailure */
  async function look(): Promise<void> {
    const seen = saved.value;
    const graph = id.value;
    if (graph === undefined || isOpening.value || (seen.revision === 0 && gone.value === undefined)) return;
    const known = await listed(graph);
    if (id.value !== graph || saved.value !== seen) return; // saved, or another opened, meanwhile
    if (known === undefined) lose();
    else if (gone.value !== undefined) {
      gone.value = undefined; // somebody has made it anew
      conflict.value = known.revision;
    }
  }

  /**
   * Saves the draft.
   * @param as - `over`: a revision of somebody else's that it replaces, which stays in the history; `name`: what the revision
   *   is to be called.
   * @throws ApiFailure
   */
  async function save({ over, name }: { readonly over?: number; readonly name?: string } = {}): Promise<void> {
    const graph = id.value;
    if (graph === undefined) return;
    const sent = document.value;
    try {
      const kept = await answered(
        server.PUT('/api/v1/graphs/{graph}', {
          params: { path: { graph } },
          body: { graph: sent, revision: over ?? saved.value.revision, ...(name === undefined ? {} : { name }) },
        }),
      );
      if (id.value !== graph) return; // another is open by now
      saved.value = { revision: kept.revision, text: formatGraph(sent) };
      conflict.value = undefined;
      gone.value = undefined;
      history.settle();
      keep();
    } catch (error) {
      if (!(error instanceof ApiFailure) || error.code !== 'SERVER_GRAPH_CONFLICT' || id.value !== graph) throw error;
      if (error.current?.isDeleted === true) lose();
      else conflict.value = error.current?.revision;
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
    gone.value = undefined;
    become(t('edit.restore', { revision }), restored);
  }

  /** Back to what is saved, in a step that can be taken back. */
  function discard(): void {
    const document = saved.value.revision === 0 ? EMPTY : parseGraph(saved.value.text).document;
    if (document !== undefined) become(t('edit.discard'), document);
  }

  /** Forgets the draft of a graph that is there no longer; nothing is open then. */
  async function abandon(): Promise<void> {
    const graph = id.value;
    if (graph === undefined) return;
    await drafts.flush();
    await clearDraft(graph);
    id.value = undefined;
    gone.value = undefined;
  }

  /**
   * Gives the graph another id, with its draft and its steps; nothing is open then.
   * @param fate - of its run, where it is deployed.
   * @throws what `renameGraph` throws
   */
  async function rename(to: string, fate: RunFate | undefined): Promise<void> {
    const from = id.value;
    if (from === undefined) return;
    keep();
    await drafts.flush();
    const { revision, text } = saved.value;
    const document = parseGraph(text).document;
    const of = { from, to, ...(fate === undefined ? {} : { fate }) };
    const newest =
      revision === 0 || document === undefined ? 0 : await renameGraph({ ...of, saved: { revision, document } });
    await moveDraft(from, to, newest);
    id.value = undefined;
  }

  /** Saves what is not saved, and runs it. @param name - of the revision, where one is saved. @throws ApiFailure */
  async function deploy(name?: string): Promise<void> {
    if (isDirty.value) await save(name === undefined ? {} : { name });
    if (id.value === undefined || conflict.value !== undefined || gone.value !== undefined) return;
    await run.makeWay();
    const { revision } = await answered(
      server.POST('/api/v1/graphs/{graph}/deploy', {
        params: { path: { graph: id.value } },
        body: { revision: saved.value.revision },
      }),
    );
    deployed.value = revision;
    history.forgetTried();
    keep();
    await run.refresh();
  }

  const run = useRunSession();
  /** Of steps that follow each other at once the run goes over to the last. */
  const trying = new LatestOnly(async () => await run.tryDraft(document.value));

  /** A step that is tried on the run at once, as is taking it back. @throws ApiFailure; the step is made nevertheless */
  async function tryStep(label: string, after: GraphDocument): Promise<void> {
    edit(label, after);
    history.markTried();
    keep();
    await trying.run();
  }

  /** @throws ApiFailure where it was tried on the run, which did not go back */
  async function stepped(step: Edit | undefined): Promise<void> {
    shown();
    keep();
    if (step?.isTried === true && run.id === id.value && run.isRunning) await trying.run();
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
    mark.value = undefined;
  }

  return {
    ...{
      id,
      document,
      saved,
      deployed,
      conflict,
      gone,
      problems,
      check,
      model,
      isDirty,
      selection,
      wire,
      mark,
      undoable,
      redoable,
    },
    mayDeploy: computed(() => !hasErrors(problems.value) && Object.keys(document.value.nodes).length > 0),
    mayRename: computed(
      () => id.value !== undefined && !isOpening.value && gone.value === undefined && conflict.value === undefined,
    ),
    ...{ isOpening, open, look, save, restore, discard, abandon, rename, deploy, edit, tryStep, select },
    undo: async (): Promise<void> => await stepped(history.undo()),
    redo: async (): Promise<void> => await stepped(history.redo()),
    settle: (): void => history.settle(),
    selectWire(of: string | undefined): void {
      select(new Set());
      wire.value = of;
    },
    /** Selects a comment or a group, and nothing else. */
    setMark(of: CanvasMark | undefined): void {
      select(new Set());
      mark.value = of;
    },
  };
});
