import type { AnnotationWish, CanvasMark } from '@kinegraph/ui/components';
import type { Place } from '@kinegraph/ui/editing';
import { useCommands } from '../../app/commands.js';
import { t } from '../../i18n/texts.js';
import { useAnnotationSteps } from '../annotation-steps.js';
import { useGraphSession } from '../graph-session.js';

/** What the canvas is asked for. */
export interface AnnotatingCanvas {
  readonly isReady: () => boolean;
  /** In the middle of what is seen. */
  readonly middle: () => Place | undefined;
  /** Opens a comment's text, or a group's title. */
  readonly edit: (mark: CanvasMark) => unknown;
}

/** Comments and groups on the canvas: their commands, and what is wished of them with the pointer. */
export function useAnnotating({ isReady, middle, edit }: AnnotatingCanvas): {
  grant: (wish: AnnotationWish) => void;
  comment: (at?: Place) => unknown;
  group: () => unknown;
  rename: () => unknown;
} {
  const session = useGraphSession();
  const steps = useAnnotationSteps();

  function comment(at = middle()): unknown {
    return at === undefined ? undefined : edit({ is: 'comment', name: steps.addComment(at) });
  }
  function group(): unknown {
    const name = steps.group();
    return name === undefined ? undefined : edit({ is: 'group', name });
  }
  function rename(): unknown {
    return session.mark === undefined ? undefined : edit(session.mark);
  }

  useCommands().provide([
    { id: 'canvas.comment', title: t('canvas.addComment'), keys: ['C'], isEnabled: isReady, run: () => comment() },
    {
      ...{ id: 'canvas.group', title: t('canvas.group'), keys: ['Mod+G'] },
      isEnabled: () => isReady() && session.selection.size > 0,
      run: group,
    },
    {
      ...{ id: 'canvas.ungroup', title: t('canvas.ungroup'), keys: ['Mod+Shift+G'] },
      isEnabled: () => isReady() && steps.meant().length > 0,
      run: () => steps.ungroupMeant(),
    },
    {
      ...{ id: 'canvas.removeMarked', title: t('canvas.removeMarked'), keys: ['Delete', 'Backspace'], isHidden: true },
      isEnabled: () => isReady() && session.mark !== undefined,
      run: () => steps.removeMarked(),
    },
    {
      ...{ id: 'canvas.editMarked', title: t('canvas.editMarked'), keys: ['F2'], isHidden: true },
      isEnabled: () => isReady() && session.mark !== undefined,
      run: rename,
    },
  ]);

  return {
    ...{ comment, group, rename },
    grant(wish) {
      if (wish.is === 'mark') session.setMark(wish.mark);
      if (wish.is === 'mark' || !isReady()) return;
      if (wish.is === 'change-comment') steps.changeComment(wish.name, wish.to);
      else if (wish.is === 'remove-comment') steps.removeComment(wish.name);
      else steps.renameGroup(wish.name, wish.title);
    },
  };
}
