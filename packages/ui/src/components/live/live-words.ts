import type { LiveFigures, SceneLayers } from '../../live/index.js';

/** The texts of a live view, in the reader's language. */
export interface LiveWords {
  /** What the picture is, for those who do not see it. */
  readonly picture: string;
  /** The group of the controls below it. */
  readonly controls: string;
  readonly freeze: string;
  readonly resume: string;
  readonly back: string;
  readonly forward: string;
  readonly timeline: string;
  readonly layers: Readonly<Record<keyof SceneLayers, string>>;
  /** How long ago the frame is that is looked at. */
  readonly ago: (seconds: number) => string;
  readonly figures: (
    figures: LiveFigures,
  ) => readonly { readonly id: string; readonly text: string; readonly title: string }[];
  readonly signs: string;
}

/** What the buttons of the layers are named after, in their order. */
export const LAYERS = [
  'skeletons',
  'boxes',
  'labels',
  'angles',
  'mirrored',
] as const satisfies readonly (keyof SceneLayers)[];
