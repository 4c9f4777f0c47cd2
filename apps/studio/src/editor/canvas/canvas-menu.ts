import type { NodeTypeDescriptor } from '@kinegraph/core';
import type { CanvasWire, MenuItem } from '@kinegraph/ui/components';
import { ALIGNMENTS } from '@kinegraph/ui/editing';
import { t } from '../../i18n/texts.js';

/** Buffers that wires are given most often, in the order in which they are offered. */
const BUFFERS = ['core.buffer.latest', 'core.buffer.fifo', 'core.buffer.ring', 'core.buffer.window'];

/** What a menu of the canvas has, each item by what it does: `insert core.buffer.latest`, `align left`. */
export const menuOf = {
  wire(wire: CanvasWire, fits: (type: string) => boolean, types: readonly NodeTypeDescriptor[]): readonly MenuItem[] {
    const buffers = BUFFERS.flatMap((type) => types.filter((one) => one.type === type)).filter(({ type }) =>
      fits(type),
    );
    return [
      ...buffers.map(({ type, title }) => ({ id: `insert ${type}`, title: t('canvas.insert', { title }) })),
      { id: 'insert', title: t('canvas.insertOther'), isEnabled: types.some(({ type }) => fits(type)) },
      { id: `show ${wire.from.node}`, title: t('canvas.goTo', { node: wire.from.node }), startsGroup: true },
      { id: `show ${wire.to.node}`, title: t('canvas.goTo', { node: wire.to.node }) },
      { id: 'remove', title: t('editor.remove'), startsGroup: true },
    ];
  },
  nodes(count: number, isGrouped: boolean): readonly MenuItem[] {
    const several = [
      ...ALIGNMENTS.map((by, index) => ({
        id: `align ${by}`,
        title: t(`canvas.align.${by}`),
        startsGroup: index === 0,
      })),
      { id: 'distribute across', title: t('canvas.distribute.across'), isEnabled: count > 2, startsGroup: true },
      { id: 'distribute down', title: t('canvas.distribute.down'), isEnabled: count > 2 },
    ];
    return [
      { id: 'copy', title: t('canvas.copy') },
      { id: 'cut', title: t('canvas.cut') },
      { id: 'duplicate', title: t('canvas.duplicate') },
      ...(count === 1 ? [{ id: 'rename', title: t('canvas.rename') }] : several),
      { id: 'group', title: t('canvas.group'), startsGroup: true },
      ...(isGrouped ? [{ id: 'ungroup', title: t('canvas.ungroup') }] : []),
      { id: 'remove', title: t('editor.remove'), startsGroup: true },
    ];
  },
  comment: (): readonly MenuItem[] => [
    { id: 'editMarked', title: t('canvas.editComment') },
    { id: 'removeMarked', title: t('editor.remove'), startsGroup: true },
  ],
  group: (): readonly MenuItem[] => [
    { id: 'editMarked', title: t('canvas.rename') },
    { id: 'selectMembers', title: t('canvas.selectMembers') },
    { id: 'ungroup', title: t('canvas.ungroup'), startsGroup: true },
  ],
  canvas(): readonly MenuItem[] {
    return [
      { id: 'add', title: t('canvas.addNode') },
      { id: 'comment', title: t('canvas.addComment') },
      { id: 'arrange', title: t('canvas.arrange') },
      { id: 'selectAll', title: t('editor.selectAll'), startsGroup: true },
      { id: 'fit', title: t('editor.fit') },
    ];
  },
};
