import { formatGraph } from '@kinegraph/core';
import type { Ref } from 'vue';
import { useCatalog } from '../api/catalog-store.js';
import { useCommands } from '../app/commands.js';
import type { Command } from '../app/commands.js';
import { t } from '../i18n/texts.js';
import { download } from '../graphs/graph-file.js';
import { useDeploying } from './use-deploying.js';
import { useGraphSession } from './graph-session.js';
import { useGraphSteps } from './graph-steps.js';
import { useWorkbench } from './workbench.js';

/** What the page of the editor does for its commands. */
interface EditorActions {
  /** False while a graph is on its way: nothing can be done to it. */
  readonly isReady: Readonly<Ref<boolean>>;
  readonly add: (type: string) => void;
  readonly seek: () => void;
  readonly fit: () => unknown;
}

/** The commands of the editor, for as long as the component that calls this in its setup is there. */
export function provideEditorCommands({ isReady, add, seek, fit }: EditorActions): void {
  const session = useGraphSession();
  const steps = useGraphSteps();
  const library = useCatalog();
  const workbench = useWorkbench();
  const { provide, suggest } = useCommands();
  const askToDeploy = useDeploying();
  const isEnabled = (): boolean => isReady.value;
  const hasSelection = (): boolean => isReady.value && (session.selection.size > 0 || session.wire !== undefined);

  provide([
    {
      id: 'editor.save',
      title: t('editor.save'),
      keys: ['Mod+S'],
      inText: true,
      // Where nothing is to be saved the key is still not the browser's.
      run: () => (isReady.value && session.isDirty ? session.save() : undefined),
    },
    {
      id: 'editor.saveAs',
      title: t('save.command'),
      keys: ['Mod+Shift+S'],
      inText: true,
      isEnabled: () => isReady.value && session.isDirty,
      run: () => (workbench.dialog = 'save'),
    },
    {
      id: 'editor.renameGraph',
      title: t('rename.command'),
      isEnabled: () => isReady.value && session.mayRename,
      run: () => (workbench.dialog = 'rename'),
    },
    {
      id: 'editor.deploy',
      title: t('editor.deploy'),
      keys: ['Mod+Enter'],
      inText: true,
      isEnabled: () => isReady.value && session.mayDeploy,
      run: () => askToDeploy(),
    },
    {
      id: 'editor.discard',
      title: t('editor.discard'),
      isEnabled: () => session.isDirty && session.gone === undefined,
      run: () => session.discard(),
    },
    { id: 'editor.history', title: t('history.title'), isEnabled, run: () => (workbench.dialog = 'history') },
    {
      id: 'editor.export',
      title: t('editor.export'),
      isEnabled,
      run: () => download(session.id ?? 'graph', session.document),
    },
    {
      id: 'editor.copyText',
      title: t('editor.copyText'),
      isEnabled,
      run: async () => await navigator.clipboard.writeText(formatGraph(session.document)),
    },
    { id: 'editor.undo', title: t('editor.undo'), keys: ['Mod+Z'], isEnabled, run: () => session.undo() },
    {
      id: 'editor.redo',
      title: t('editor.redo'),
      keys: ['Mod+Shift+Z', 'Mod+Y'],
      isEnabled,
      run: () => session.redo(),
    },
    {
      id: 'editor.selectAll',
      title: t('editor.selectAll'),
      keys: ['Mod+A'],
      isEnabled,
      run: () => session.select(new Set(Object.keys(session.document.nodes))),
    },
    {
      id: 'editor.remove',
      title: t('editor.remove'),
      keys: ['Delete', 'Backspace'],
      isEnabled: hasSelection,
      run: () => steps.remove(),
    },
    { id: 'editor.seek', title: t('palette.search'), keys: ['/'], run: seek },
    {
      id: 'editor.find',
      title: t('find.title'),
      keys: ['Mod+F'],
      inText: true,
      isEnabled,
      run: () => (workbench.isFinding = true),
    },
    {
      id: 'editor.outline',
      title: t('outline.show'),
      keys: ['Mod+Shift+O'],
      isEnabled: () => workbench.view === 'canvas',
      run: () => workbench.turn('outline'),
    },
    {
      id: 'editor.canvas',
      title: t('outline.canvas'),
      keys: ['Mod+Shift+O'],
      isEnabled: () => workbench.view === 'outline',
      run: () => workbench.turn('canvas'),
    },
    {
      id: 'editor.fit',
      title: t('editor.fit'),
      keys: ['Mod+0'],
      isEnabled: () => workbench.view === 'canvas',
      run: fit,
    },
  ]);

  suggest((): readonly Command[] => {
    if (!isReady.value) return [];
    return [
      ...Object.entries(session.document.nodes).map(([name, { type, title }]) => ({
        id: `go.${name}`,
        title: t('palette.goTo', { name }),
        detail: title ?? library.catalog.get(type)?.title ?? type,
        run: () => workbench.show(name),
      })),
      ...library.types.map(({ type, title }) => ({
        id: `add.${type}`,
        title: t('palette.add', { title }),
        detail: type,
        run: () => add(type),
      })),
    ];
  });
}
