import { GraphDocument } from '@kinegraph/core';
import { describe, expect, it } from 'vitest';
import {
  addComment,
  changeComment,
  groupNodes,
  groupOf,
  moveToGroup,
  removeComment,
  renameGroup,
  ungroup,
} from './annotations.js';
import { copyNodes, pasteNodes } from './clipboard.js';
import { removeNodes, renameNode } from './node-edits.js';

const PLAIN: GraphDocument = {
  kinegraph: 1,
  nodes: { camera: { type: 'a' }, hands: { type: 'b' }, out: { type: 'c' } },
  wires: [],
  layout: { camera: { x: 0, y: 0 }, hands: { x: 200, y: 100 }, out: { x: 400, y: 0 } },
};
const NOTE = { text: 'Why', x: 40, y: -60, width: 200, height: 80 };
const GROUPED: GraphDocument = {
  ...PLAIN,
  comments: { note: NOTE },
  groups: { seeing: { title: 'Seeing', nodes: ['camera', 'hands'] } },
};

describe('Comments', () => {
  it('are added, changed and removed; what is left out of a change stays', () => {
    const { document, name } = addComment(PLAIN, { ...NOTE, x: 0.4 });
    expect(document.comments).toEqual({ [name]: { ...NOTE, x: 0 } });
    expect(changeComment(document, name, { text: 'So' }).comments?.[name]).toEqual({ ...NOTE, x: 0, text: 'So' });
    expect(removeComment(document, name)).toEqual(PLAIN);
    expect(removeComment(document, 'nobody')).toBe(document);
    expect(changeComment(document, 'nobody', { x: 1 })).toBe(document);
  });

  it('never become what the format refuses', () => {
    const { document, name } = addComment(PLAIN, { ...NOTE, text: 'x'.repeat(9_000), width: -3, height: 1e9 });
    expect(document.comments?.[name]).toMatchObject({ width: 16, height: 4_000 });
    expect(GraphDocument.safeParse(document).success).toBe(true);
  });
});

describe('Groups', () => {
  it('take nodes out of the groups that they were in; one that is empty then is gone', () => {
    const one = groupNodes(GROUPED, new Set(['hands', 'out', 'nobody']), 'Hands');
    expect(one.document.groups).toEqual({
      seeing: { title: 'Seeing', nodes: ['camera'] },
      [one.name ?? '']: { title: 'Hands', nodes: ['hands', 'out'] },
    });
    const all = groupNodes(one.document, new Set(['camera', 'hands', 'out']), 'All');
    expect(Object.values(all.document.groups ?? {})).toEqual([{ title: 'All', nodes: ['camera', 'hands', 'out'] }]);
    expect(groupNodes(GROUPED, new Set(['nobody']), 'None')).toEqual({ document: GROUPED, name: undefined });
  });

  it('take nodes up that are moved there, and let them go again', () => {
    const moved = moveToGroup(GROUPED, new Set(['out']), 'seeing');
    expect(moved.groups?.['seeing']).toEqual({ title: 'Seeing', nodes: ['camera', 'hands', 'out'] });
    const other = groupNodes(GROUPED, new Set(['out']), 'Out').document;
    // The group that has lost its last node is gone.
    expect(moveToGroup(other, new Set(['out']), 'seeing').groups).toEqual(moved.groups);
    expect(moveToGroup(moved, new Set(['out']), undefined).groups).toEqual(GROUPED.groups);
    expect(moveToGroup(GROUPED, new Set(['camera', 'hands']), 'seeing')).toEqual(GROUPED);
    expect(moveToGroup(GROUPED, new Set(['out']), 'nobody')).toBe(GROUPED);
  });

  it('are renamed and taken out, and their nodes stay', () => {
    expect(renameGroup(GROUPED, 'seeing', 'Eyes').groups?.['seeing']?.title).toBe('Eyes');
    const { groups: _, ...without } = GROUPED;
    expect(ungroup(GROUPED, 'seeing')).toEqual(without);
    expect([groupOf(GROUPED, 'hands'), groupOf(GROUPED, 'out')]).toEqual(['seeing', undefined]);
  });

  it('follow their nodes: renamed, removed', () => {
    expect(renameNode(GROUPED, 'camera', 'z').groups?.['seeing']?.nodes).toEqual(['hands', 'z']);
    expect(removeNodes(GROUPED, new Set(['camera'])).groups?.['seeing']?.nodes).toEqual(['hands']);
    expect(removeNodes(GROUPED, new Set(['camera', 'hands']))).not.toHaveProperty('groups');
  });

  it('keep a name that is none of a node, until that is mended', () => {
    const odd = { ...GROUPED, groups: { odd: { title: 'Odd', nodes: ['gone', 'out'] } } };
    expect(removeNodes(odd, new Set(['camera'])).groups).toEqual(odd.groups);
    expect(renameNode(odd, 'out', 'a').groups?.odd?.nodes).toEqual(['a', 'gone']);
  });
});

describe('What is copied', () => {
  it('has the groups that it has whole, and the comments that were chosen; pasted they have names of their own', () => {
    const text = copyNodes(GROUPED, new Set(['camera', 'hands']), new Set(['note']));
    const pasted = pasteNodes(GROUPED, text, { x: 1000, y: 1000 });
    if ('problems' in pasted) throw new Error(pasted.problems[0]?.message);
    expect(pasted.document.groups).toEqual({
      ...GROUPED.groups,
      'seeing-2': { title: 'Seeing', nodes: ['camera-2', 'hands-2'] },
    });
    expect(pasted.document.comments?.['note-2']).toEqual({ ...NOTE, x: 1040, y: 1000 });
    expect(pasted.document.layout?.['camera-2']).toEqual({ x: 1000, y: 1060 });
  });

  it('has no group of which a node was left behind', () => {
    expect(JSON.parse(copyNodes(GROUPED, new Set(['hands'])))).not.toHaveProperty('groups');
  });
});
