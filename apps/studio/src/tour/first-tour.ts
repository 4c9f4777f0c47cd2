import { useCatalog } from '../api/catalog-store.js';
import { useGraphSession } from '../editor/graph-session.js';
import type { TourStep } from './tour-store.js';

/** From a graph that runs to one of one's own: what is told in the editor, and when each step has been done. */
export function firstTour(): readonly TourStep[] {
  const session = useGraphSession();
  const library = useCatalog();
  const kindsSelected = (): readonly string[] =>
    [...session.selection].map((name) => library.catalog.get(session.document.nodes[name]?.type ?? '')?.kind ?? '');
  const textAtStart = session.saved.text;
  return [
    { id: 'live', title: 'tour.live.title', text: 'tour.live.text', anchor: '.live-panel' },
    {
      id: 'canvas',
      title: 'tour.canvas.title',
      text: 'tour.canvas.text',
      anchor: '.canvas .node.smoother',
      isDone: () => kindsSelected().includes('smoother'),
    },
    {
      id: 'slider',
      title: 'tour.slider.title',
      text: 'tour.slider.text',
      anchor: '.inspector',
      isDone: () => session.isDirty || session.saved.text !== textAtStart,
    },
    { id: 'source', title: 'tour.source.title', text: 'tour.source.text', anchor: '[data-source="browser"]' },
    {
      id: 'deploy',
      title: 'tour.deploy.title',
      text: 'tour.deploy.text',
      anchor: '[data-tour="deploy"]',
      isDone: () => !session.isDirty && session.deployed === session.saved.revision,
    },
    { id: 'end', title: 'tour.end.title', text: 'tour.end.text', anchor: '.editor-bar h1' },
  ];
}
