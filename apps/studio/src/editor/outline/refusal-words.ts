import type { ConnectionRefusal } from '@kinegraph/ui/editing';
import { t } from '../../i18n/texts.js';

/** Why two ports do not go together, in a sentence. */
export function refusalWords(refusal: ConnectionRefusal): string {
  switch (refusal.reason) {
    case 'types':
      return t('outline.refused.types', { output: refusal.output, input: refusal.input });
    case 'cycle':
      return t('outline.refused.cycle');
    case 'same-node':
      return t('outline.refused.same-node');
    default:
      return t('outline.refused.other');
  }
}
