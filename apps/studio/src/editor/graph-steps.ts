import type { Problem } from '@kinegraph/core';
import { placesOf } from '@kinegraph/ui/components';
import {
  addNode,
  changeNode,
  connect,
  copyNodes,
  disconnect,
  insertOnWire,
  pasteNodes,
  placeNodes,
  removeNodes,
  renameNode,
  setNodeConfig,
} from '@kinegraph/ui/editing';
import type { Place, WireEndsToLay, WireStart } from '@kinegraph/ui/editing';
import { defineStore } from 'pinia';
import { t } from '../i18n/texts.js';
import { useGraphSession } from './graph-session.js';

/** So that a copy does not lie on what it was made of. */
const PASTED_BESIDE = 40;
/** Room for a node and its wire. */
const BESIDE = 240;

/** What can be done to the graph that is open, each a named step that can be taken back. */
export const useGraphSteps = defineStore('graph-steps', () => {
  const session = useGraphSession();

  return {
    /** Adds a node, wired to `start` where that is given, and selects it. */
    add(type: string, place: Place, start?: WireStart): void {
      const { document: added, name } = addNode(session.document, { type }, place);
      const port = start === undefined ? undefined : session.check.fittingPort(start, type);
      const end = { node: name, port: port ?? '' };
      const wired =
        start === undefined || port === undefined
          ? added
          : connect(added, start.side === 'output' ? { from: start, to: end } : { from: end, to: start });
      session.edit(t('edit.add', { name }), wired);
      session.select(new Set([name]));
    },
    /** Adds a node wired to a port, before or behind the node that has it. */
    addBeside(type: string, start: WireStart): void {
      const { x, y } = placesOf(session.document).get(start.node) ?? { x: 0, y: 0 };
      this.add(type, { x: start.side === 'output' ? x + BESIDE : x - BESIDE, y }, start);
    },
    connect(laid: WireEndsToLay): void {
      const [from, to] = [laid.from, laid.to].map(({ node, port }) => `${node}.${port}`);
      session.edit(t('edit.connect', { from: from ?? '', to: to ?? '' }), connect(session.document, laid));
    },
    move(places: ReadonlyMap<string, Place>): void {
      session.edit(t('edit.move'), placeNodes(session.document, places));
    },
    /** What is selected, as the text of a graph. */
    copy: (): string => copyNodes(session.document, session.selection),
    /** Adds what was copied, here or elsewhere, a little beside where it was. @returns why not, where it is no graph */
    paste(text: string): readonly Problem[] {
      const places = [...placesOf(session.document).entries()].filter(([name]) => session.selection.has(name));
      const left = Math.min(...places.map(([, { x }]) => x), ...(places.length === 0 ? [0] : []));
      const top = Math.min(...places.map(([, { y }]) => y), ...(places.length === 0 ? [0] : []));
      const pasted = pasteNodes(session.document, text, { x: left + PASTED_BESIDE, y: top + PASTED_BESIDE });
      if ('problems' in pasted) return pasted.problems;
      session.edit(t('edit.paste', { count: pasted.names.size }), pasted.document);
      session.select(pasted.names);
      return [];
    },
    /** Puts a node on the wire that is selected. */
    insert(type: string): void {
      const on = session.model.wires.find((each) => each.id === session.wire);
      const ports = on === undefined ? undefined : session.check.throughPorts(on, type);
      if (on === undefined || ports === undefined) return;
      const places = placesOf(session.document);
      const [a, b] = [places.get(on.from.node), places.get(on.to.node)];
      const place = { x: ((a?.x ?? 0) + (b?.x ?? 0)) / 2, y: ((a?.y ?? 0) + (b?.y ?? 0)) / 2 };
      const { document: inserted, name } = insertOnWire(session.document, on, { node: { type }, place, ...ports });
      session.edit(t('edit.insert', { name }), inserted);
      session.select(new Set([name]));
    },
    /** Takes out what is selected. */
    remove(): void {
      const chosen = session.model.wires.find((each) => each.id === session.wire);
      if (chosen !== undefined) session.edit(t('edit.removeWire'), disconnect(session.document, chosen));
      else if (session.selection.size > 0)
        session.edit(
          t('edit.remove', { count: session.selection.size }),
          removeNodes(session.document, session.selection),
        );
    },
    rename(from: string, to: string): void {
      session.edit(t('edit.rename', { from, to }), renameNode(session.document, from, to));
      session.select(new Set([to]));
    },
    setTitle(name: string, title: string): void {
      session.edit(
        t('edit.set', { key: 'title', name }),
        changeNode(session.document, name, { title: title || undefined }),
      );
    },
    /** @param isOver - false while a slider is being moved: all of it is one step. */
    setConfig(name: string, key: string, value: unknown, isOver: boolean): void {
      session.edit(t('edit.set', { key, name }), setNodeConfig(session.document, name, key, value), `${name}.${key}`);
      if (isOver) session.settle();
    },
  };
});
