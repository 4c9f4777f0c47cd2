/** The plugins that come with the command line and the server; a server's configuration may name others instead. */
export const BUNDLED_PLUGINS = [
  '@kinegraph/plugin-connect',
  '@kinegraph/plugin-media',
  '@kinegraph/plugin-mediapipe',
  '@kinegraph/plugin-sign-classifier',
  '@kinegraph/plugin-yolo',
] as const;
