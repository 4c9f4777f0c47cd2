import type { LiveWords } from '@kinegraph/ui/components';
import type { TrackNamer } from '@kinegraph/ui/live';
import { t } from '../i18n/texts.js';

/** Numbers are as wide as they may become: nothing jumps. */
const number = (value: number | undefined, digits = 0): string =>
  value === undefined ? t('live.none') : value.toFixed(digits);

/** The texts of the live view. */
export const liveWords: LiveWords = {
  picture: t('live.picture'),
  controls: t('live.controls'),
  freeze: t('live.freeze'),
  resume: t('live.resume'),
  back: t('live.back'),
  forward: t('live.forward'),
  timeline: t('live.timeline'),
  signs: t('live.signs'),
  layers: {
    skeletons: t('live.layer.skeletons'),
    boxes: t('live.layer.boxes'),
    labels: t('live.layer.labels'),
    angles: t('live.layer.angles'),
    mirrored: t('live.layer.mirrored'),
  },
  ago: (seconds) => (seconds < 0.005 ? t('live.now') : t('live.ago', { seconds: seconds.toFixed(2) })),
  figures: ({ resultsPerSecond, drawnPerSecond, ageP50Ms, ageP95Ms, behindMs }) => [
    { id: 'results', text: t('live.results', { rate: number(resultsPerSecond, 1) }), title: t('live.figure.results') },
    {
      id: 'age',
      text: t('live.age', { p50: number(ageP50Ms), p95: number(ageP95Ms) }),
      title: t('live.figure.age'),
    },
    { id: 'drawn', text: t('live.drawn', { rate: number(drawnPerSecond) }), title: t('live.figure.drawn') },
    { id: 'behind', text: t('live.behind', { ms: number(behindMs) }), title: t('live.figure.behind') },
  ],
};

/** What a track is called beside it. */
export const nameOfTrack: TrackNamer = ({ skeleton, handedness }) => {
  if (!skeleton.startsWith('hand')) return t('live.body');
  return handedness === undefined ? t('live.hand') : t(`live.hand.${handedness}`);
};
