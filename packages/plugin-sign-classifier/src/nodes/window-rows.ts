import type { Landmarks, PacketWindow } from '@kinegraph/core/plugin';
import {
  SEEN_WITHIN_MS,
  SIGNFEAT_1,
  handWindowsOf,
  isStillThere,
  signFeatures1,
  windowLandmarks,
} from '../features/index.js';
import type { HandWindow } from '../features/index.js';
import { SignFeaturesError } from '../model/index.js';
import type { SignModel } from '../model/index.js';
import type { SignFeatures } from './sign-features.js';

/** What a model is fed of one hand. */
export interface WindowRow {
  readonly trackId: number;
  readonly values: Float32Array;
}

/** The hands of what came, as the model takes them. @throws SignFeaturesError */
export function rowsOf(value: PacketWindow<Landmarks> | SignFeatures, model: SignModel): WindowRow[] {
  return 'version' in value ? rowsOfFeatures(value, model) : rowsOfWindow(value, model);
}

function rowsOfWindow(window: PacketWindow<Landmarks>, { card, name }: SignModel): WindowRow[] {
  const { features, coordinates, spanMs } = card;
  if (features === 'signfeat/2')
    throw new SignFeaturesError({ model: name, needs: `features "signfeat/2"`, wired: 'a window of landmarks' });
  const toValues = (hand: HandWindow): Float32Array =>
    features === 'landmarks' ? windowLandmarks(hand, coordinates) : signFeatures1(hand);
  return handWindowsOf(window, spanMs)
    .filter(isStillThere)
    .map((hand) => ({ trackId: hand.trackId, values: toValues(hand) }));
}

function rowsOfFeatures({ version, count, width, tracks }: SignFeatures, { card, name }: SignModel): WindowRow[] {
  if (version !== card.features)
    throw new SignFeaturesError({
      model: name,
      needs: card.features === 'landmarks' ? 'plain landmarks' : `features "${card.features}"`,
      wired: `features "${version}"`,
    });
  return tracks.flatMap(({ trackId, values, startMs, endMs }) => {
    const spanMs = endMs - startMs;
    if (Math.abs(spanMs - card.spanMs) > 1)
      throw new SignFeaturesError({
        model: name,
        needs: `windows of ${card.spanMs} ms`,
        wired: `features of ${Math.round(spanMs)} ms`,
      });
    let unseen = 0;
    while (unseen < count && values[(count - 1 - unseen) * width + SIGNFEAT_1.seen] !== 1) unseen += 1;
    return (unseen * spanMs) / count <= SEEN_WITHIN_MS ? [{ trackId, values }] : [];
  });
}
