import type { Choice } from '@kinegraph/ui/components';
import { groupOf } from '@kinegraph/ui/editing';
import type { Command } from '../../app/commands.js';
import { t } from '../../i18n/texts.js';
import { useAnnotationSteps } from '../annotation-steps.js';
import { useGraphSession } from '../graph-session.js';

const NEW = 'new';
const NONE = 'none';

/** Groups in the outline: the node where one is goes into one, into a new one, or out of its own. */
export function useOutlineGroups({ isNode, ask }: { readonly isNode: () => boolean; readonly ask: () => unknown }): {
  readonly actions: readonly (Command & Required<Pick<Command, 'keys' | 'isEnabled'>>)[];
  readonly choices: () => readonly Choice[];
  readonly choose: (id: string) => void;
} {
  const session = useGraphSession();
  const steps = useAnnotationSteps();
  const isIn = (): boolean => isNode() && steps.meant().length > 0;

  return {
    actions: [
      { id: 'outline.group', title: t('outline.group'), keys: ['Mod+G'], isEnabled: isNode, run: ask },
      {
        ...{ id: 'outline.ungroup', title: t('canvas.ungroup'), keys: ['Mod+Shift+G'], isEnabled: isIn },
        run: () => steps.ungroupMeant(),
      },
    ],
    choices: () => {
      const [node = ''] = session.selection;
      const own = groupOf(session.document, node);
      return [
        ...Object.entries(session.document.groups ?? {})
          .filter(([name]) => name !== own)
          .map(([name, { title, nodes }]) => ({
            id: `group ${name}`,
            title: title === '' ? t('canvas.groupUntitled') : title,
            detail: nodes.join(', '),
          })),
        { id: NEW, title: t('outline.group.new') },
        ...(own === undefined ? [] : [{ id: NONE, title: t('outline.group.none') }]),
      ];
    },
    choose: (id) => {
      // The marks of groups are the canvas's: here one stays at the node.
      const { selection } = session;
      if (id === NEW) steps.group();
      else steps.moveTo(id === NONE ? undefined : id.slice('group '.length));
      session.select(selection);
    },
  };
}
