/** What the placeholders of a topic stand for. */
export interface TopicNames {
  readonly run: string;
  readonly sink: string;
  readonly source: string;
}

/** What would change a topic's levels, or make it none. */
// oxlint-disable-next-line no-control-regex -- a topic may not have them
const NOT_IN_LEVEL = /[+#/\u0000-\u001f\u007f-\u009f\ud800-\udfff]/gu;

/** The topic of a result: a name fills one level of it and no more, whatever it holds. */
export function topicOf(template: string, names: TopicNames): string {
  return template.replace(/\{(run|sink|source)\}/g, (_all, key: keyof TopicNames) =>
    names[key].replace(NOT_IN_LEVEL, '_'),
  );
}
