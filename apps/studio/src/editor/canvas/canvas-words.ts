import type { CanvasWords } from '@kinegraph/ui/components';
import { t } from '../../i18n/texts.js';

/** What the canvas says. */
export const CANVAS_WORDS: CanvasWords = {
  refused(why) {
    switch (why.reason) {
      case 'types':
        return t('canvas.refused.types', { output: why.output, input: why.input });
      case 'unknown-port':
        return t('canvas.refused.unknown-port', { port: `${why.port.node}.${why.port.port}` });
      default:
        return t(`canvas.refused.${why.reason}`);
    }
  },
  noSplice: (type) => t('canvas.noSplice', { type }),
  wireMenu: t('canvas.wireMenu'),
  annotations: {
    comment: t('canvas.comment'),
    empty: t('canvas.commentEmpty'),
    group: t('canvas.groupTitle'),
    untitled: t('canvas.groupUntitled'),
  },
};
