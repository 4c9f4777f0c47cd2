import { defineStore } from 'pinia';
import { onScopeDispose, shallowRef } from 'vue';
import { useFailures } from '../api/failures-store.js';
import { keyName } from './key-names.js';

/** Something that can be done here and now, by key or from the list of commands. */
export interface Command {
  /** `area.what`, once in the studio. */
  readonly id: string;
  /** What it does, in the reader's language. */
  readonly title: string;
  /** Each does it alone; named as `keyName` names them. */
  readonly keys?: readonly string[];
  /** Its keys are taken also where text is entered. */
  readonly inText?: boolean;
  /** Stands below its title in the list of commands, and is sought there too. */
  readonly detail?: string;
  /** Not in the list of commands. */
  readonly isHidden?: boolean;
  /** Left out: always. */
  readonly isEnabled?: () => boolean;
  readonly run: () => unknown;
}

/** What can be done: pages and panels provide it while they are there. */
export const useCommands = defineStore('commands', () => {
  const commands = shallowRef<readonly Command[]>([]);
  const { guard } = useFailures();

  /** For as long as the component that calls this in its setup is there. The newest has a key that two ask for. */
  function provide(provided: readonly Command[]): void {
    commands.value = [...provided, ...commands.value];
    const gone = new Set(provided);
    onScopeDispose(() => {
      commands.value = commands.value.filter((command) => !gone.has(command));
    });
  }

  const suggesting = shallowRef<readonly (() => readonly Command[])[]>([]);

  /** As `provide`, for what has no keys and is made anew whenever the list of commands is opened: nodes to go to, say. */
  function suggest(of: () => readonly Command[]): void {
    suggesting.value = [...suggesting.value, of];
    onScopeDispose(() => {
      suggesting.value = suggesting.value.filter((each) => each !== of);
    });
  }

  const isEnabled = (command: Command): boolean => command.isEnabled?.() ?? true;

  /** Does it where that is possible now; why it failed stays to be read. */
  async function run(command: Command): Promise<void> {
    if (isEnabled(command)) await guard(async () => await command.run());
  }

  /** The one listener for keys of the whole page. */
  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || document.querySelector('dialog:modal') !== null) return;
    if (isPressed(event)) return;
    const name = keyName(event);
    const isText = isTextEntered(event);
    const meant = commands.value.find(
      (command) => command.keys?.includes(name) === true && (!isText || command.inText === true) && isEnabled(command),
    );
    if (meant === undefined) return;
    event.preventDefault();
    void run(meant);
  }

  return {
    ...{ commands, provide, suggest, isEnabled, run, onKey },
    suggested: (): readonly Command[] => suggesting.value.flatMap((of) => of()),
  };
});

/** Space and Enter press what has the focus; with Control held they do not. */
const isPressed = ({ key, target, ctrlKey, metaKey }: KeyboardEvent): boolean =>
  (key === ' ' || key === 'Enter') &&
  !ctrlKey &&
  !metaKey &&
  target instanceof HTMLElement &&
  target.closest('button, a, summary, input, [role]') !== null;

/** Whether what happened belongs to a field that text is entered into. */
export const isTextEntered = (event: Event): boolean =>
  event.target instanceof HTMLElement &&
  event.target.closest('input:not([type=range], [type=checkbox]), textarea, select, [contenteditable]') !== null;
