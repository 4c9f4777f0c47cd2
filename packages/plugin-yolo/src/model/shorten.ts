/** Longest label, name or task that is taken from a model, in characters. */
export const LONGEST_NAME = 64;
/** Values of a model that a sentence tells at most. */
const MOST_TOLD = 10;

/** A text of a model in at most 64 characters (UTF-16 units), no surrogate cut in two; what is cut ends in an ellipsis. */
export function shorten(text: string): string {
  if (text.length <= LONGEST_NAME) return text;
  return `${text.slice(0, LONGEST_NAME - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Inputs or outputs of a model for a sentence: `"images" float32 [1, 3, 64, 64]`, ten of them at most. */
export function tellValues(
  values: readonly { readonly name: string; readonly type: string; readonly shape: string }[],
): string {
  const told = values.slice(0, MOST_TOLD).map(({ name, type, shape }) => `"${shorten(name)}" ${type} ${shape}`);
  const more = values.length - told.length;
  return [...told, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}
