import type { GraphComment } from '@kinegraph/core';
import {
  addComment,
  changeComment,
  groupNodes,
  groupOf,
  moveToGroup,
  removeComment,
  renameGroup,
  ungroup,
} from '@kinegraph/ui/editing';
import type { Place } from '@kinegraph/ui/editing';
import { defineStore } from 'pinia';
import { t } from '../i18n/texts.js';
import { useGraphSession } from './graph-session.js';

/** Of a comment that nobody has sized yet, in units of the canvas. */
const COMMENT = { width: 208, height: 88 };

/** What can be done to comments and groups, each a named step that can be taken back. For the canvas, and for the outline. */
export const useAnnotationSteps = defineStore('annotation-steps', () => {
  const session = useGraphSession();

  return {
    /** Adds an empty comment whose middle comes to lie there, and marks it. @returns its name */
    addComment({ x, y }: Place): string {
      const place = { x: x - COMMENT.width / 2, y: y - COMMENT.height / 2 };
      const { document, name } = addComment(session.document, { text: '', ...place, ...COMMENT });
      session.edit(t('edit.addComment'), document);
      session.setMark({ is: 'comment', name });
      return name;
    },
    changeComment(name: string, to: Partial<GraphComment>): void {
      session.edit(t('edit.changeComment'), changeComment(session.document, name, to));
    },
    removeComment(name: string): void {
      session.edit(t('edit.removeComment'), removeComment(session.document, name));
    },
    /** Puts the nodes that are selected into a group of their own, and marks it. @returns its name, where there are some */
    group(): string | undefined {
      const { document, name } = groupNodes(session.document, session.selection, t('canvas.groupTitle'));
      if (name === undefined) return undefined;
      session.edit(t('edit.group', { count: session.selection.size }), document);
      session.setMark({ is: 'group', name });
      return name;
    },
    /** Moves the nodes that are selected into a group that there is; undefined: out of theirs. */
    moveTo(group: string | undefined): void {
      session.edit(t('edit.moveToGroup'), moveToGroup(session.document, session.selection, group));
    },
    renameGroup(name: string, title: string): void {
      session.edit(t('edit.renameGroup'), renameGroup(session.document, name, title));
    },
    /** Takes a group out, its nodes stay. */
    ungroup(name: string): void {
      session.edit(t('edit.ungroup'), ungroup(session.document, name));
    },
    /** Groups that are meant just now: that which is marked, or those of the nodes that are selected. */
    meant(): readonly string[] {
      const { mark, selection } = session;
      if (mark?.is === 'group') return [mark.name];
      return [...new Set([...selection].flatMap((node) => groupOf(session.document, node) ?? []))];
    },
    /** Takes the groups that are meant out, in one step. */
    ungroupMeant(): void {
      const document = this.meant().reduce(ungroup, session.document);
      session.edit(t('edit.ungroup'), document);
    },
    /** Takes out what is marked. */
    removeMarked(): void {
      const { mark } = session;
      if (mark?.is === 'comment') this.removeComment(mark.name);
      else if (mark !== undefined) this.ungroup(mark.name);
    },
  };
});
