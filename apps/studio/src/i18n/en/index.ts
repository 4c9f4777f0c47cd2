import { app } from './app.js';
import { canvas } from './canvas.js';
import { charts } from './charts.js';
import { docks } from './docks.js';
import { editor } from './editor.js';
import { gallery } from './gallery.js';
import { graphs } from './graphs.js';
import { live } from './live.js';
import { pages } from './pages.js';
import { probes } from './probes.js';
import { shell } from './shell.js';
import { teach } from './teach.js';
import { tour } from './tour.js';
import { watch } from './watch.js';
import { workbench } from './workbench.js';

/** Every text of the studio in English, by area: the catalogue that others are made after. `{name}` stands for a value. */
export const en = {
  ...app,
  ...canvas,
  ...charts,
  ...docks,
  ...editor,
  ...gallery,
  ...graphs,
  ...live,
  ...pages,
  ...probes,
  ...shell,
  ...teach,
  ...tour,
  ...watch,
  ...workbench,
} as const;

export type TextKey = keyof typeof en;
