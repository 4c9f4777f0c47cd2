import { onBeforeUnmount, onMounted } from 'vue';
import type { Ref } from 'vue';
import { useFailures } from '../api/failures-store.js';
import { isTextEntered } from '../app/commands.js';
import { t } from '../i18n/texts.js';
import { useGraphSession } from './graph-session.js';
import { useGraphSteps } from './graph-steps.js';

/** Copies, cuts and pastes nodes as the text of a graph, while the component that calls this in its setup is there. */
export function useGraphClipboard(isReady: Readonly<Ref<boolean>>): void {
  const session = useGraphSession();
  const steps = useGraphSteps();
  const { tell } = useFailures();

  function copy(event: ClipboardEvent): void {
    if (isTextEntered(event) || session.selection.size === 0 || String(getSelection() ?? '') !== '') return;
    event.clipboardData?.setData('text/plain', steps.copy());
    event.preventDefault();
    if (event.type === 'cut') steps.remove();
  }

  function paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain');
    if (!isReady.value || isTextEntered(event) || text === undefined || text === '') return;
    event.preventDefault();
    const [problem] = steps.paste(text);
    if (problem !== undefined) tell(t('failed.paste', { message: problem.message }));
  }

  const listeners = { copy, cut: copy, paste } as const;
  const types = ['copy', 'cut', 'paste'] as const;
  onMounted(() => {
    for (const type of types) window.addEventListener(type, listeners[type]);
  });
  onBeforeUnmount(() => {
    for (const type of types) window.removeEventListener(type, listeners[type]);
  });
}
