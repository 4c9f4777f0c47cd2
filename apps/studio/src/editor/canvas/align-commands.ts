import { ALIGNMENTS } from '@kinegraph/ui/editing';
import type { Command } from '../../app/commands.js';
import { t } from '../../i18n/texts.js';
import type { useCanvasSteps } from './use-canvas-steps.js';

/** Commands that bring nodes into line. @param isSome - whether so many nodes are selected */
export function alignCommands(
  { align, distribute }: Pick<ReturnType<typeof useCanvasSteps>, 'align' | 'distribute'>,
  isSome: (least: number) => () => boolean,
): readonly Command[] {
  return [
    ...ALIGNMENTS.map((by) => ({
      ...{ id: `canvas.align.${by}`, title: t(`canvas.align.${by}`), isEnabled: isSome(2) },
      run: () => align(by),
    })),
    ...(['across', 'down'] as const).map((along) => ({
      ...{ id: `canvas.distribute.${along}`, title: t(`canvas.distribute.${along}`), isEnabled: isSome(3) },
      run: () => distribute(along),
    })),
  ];
}
