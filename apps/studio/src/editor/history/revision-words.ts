import type { RevisionInfo } from '../../api/server.js';
import { t } from '../../i18n/texts.js';

const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** A revision as a line: what it came of, by whom, when. */
export function revisionWords({ revision, savedAt, savedBy, action, restored }: RevisionInfo): string {
  const by = savedBy.name ?? savedBy.tokenId ?? t(`history.by.${savedBy.kind}`);
  const what = action === 'restore' ? t('history.restored', { revision: restored ?? 0 }) : t(`history.${action}`);
  return t('history.line', { revision, what, by, at: when.format(new Date(savedAt)) });
}
