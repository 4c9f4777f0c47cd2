import type { NodeKind } from '@kinegraph/core';
import { t } from '../../i18n/texts.js';

/** What kinds of nodes are called. */
export const KIND_TEXTS: Readonly<Record<NodeKind, string>> = {
  source: t('kind.source'),
  buffer: t('kind.buffer'),
  transform: t('kind.transform'),
  extractor: t('kind.extractor'),
  smoother: t('kind.smoother'),
  classifier: t('kind.classifier'),
  sink: t('kind.sink'),
};
