import type { PathResolver } from '@kinegraph/core/plugin';

/** What a node asks the ModelStore for: the id of a built-in model, a URL as it is, or a file's resolved path. */
export function modelReference(builtIn: Readonly<Record<string, string>>, model: string, paths: PathResolver): string {
  if (Object.hasOwn(builtIn, model)) return builtIn[model] ?? model;
  return /^https?:\/\//i.test(model) ? model : paths.resolve(model);
}

/** The built-in models of `mediapipe.hands`, by the word in the configuration. */
export const HAND_MODELS = { full: 'mediapipe.hands.full', lite: 'mediapipe.hands.lite' } as const;

/** The built-in models of `mediapipe.pose`, by the word in the configuration. */
export const POSE_MODELS = {
  lite: 'mediapipe.pose.lite',
  full: 'mediapipe.pose.full',
  heavy: 'mediapipe.pose.heavy',
} as const;
