/** How well a text answers what was typed. */
export interface Match {
  /** Above 0; more is better. */
  readonly score: number;
  /** Places of the letters that answer, for marking; rising. */
  readonly at: readonly number[];
}

const START_OF_WORD = 8;
const NEXT_LETTER = 8;
const SAME_CASE = 0.1;
/** What is left out between costs a little, up to this many letters. */
const LONGEST_GAP = 8;

/**
 * Whether the letters that were typed stand in a text, in their order, and how well: beginnings of words and letters side by side
 * count most, a short text more than a long one. Spaces in what was typed part words that may stand in any order.
 * @returns undefined where a letter is not there.
 */
export function matchOf(query: string, text: string): Match | undefined {
  const words = query.trim().split(/\s+/).filter(Boolean);
  let score = 1 / (1 + text.length);
  const at = new Set<number>();
  for (const word of words) {
    const match = matchWord(word, text);
    if (match === undefined) return undefined;
    score += match.score;
    for (const place of match.at) at.add(place);
  }
  return { score, at: [...at].sort((a, b) => a - b) };
}

/** The best way to find the letters of one word: each place is looked at once for each letter. */
function matchWord(word: string, text: string): Match | undefined {
  const [letters, lower] = [word.toLowerCase(), text.toLowerCase()];
  if (lower.length !== text.length) return undefined; // letters that grow when made small: their places would lie
  let best: readonly (Match | undefined)[] = [];
  for (let index = 0; index < letters.length; index += 1) {
    const next: (Match | undefined)[] = Array.from({ length: lower.length });
    /** The best end of what is before, each step away a little worse. */
    let before: Match | undefined;
    for (let place = 0; place < lower.length; place += 1) {
      const adjacent = place === 0 ? undefined : best[place - 1];
      const far = before;
      if (
        adjacent !== undefined &&
        (before === undefined || adjacent.score - 1 >= before.score - gapCost(before, place))
      )
        before = adjacent;
      if (lower[place] !== letters[index]) continue;
      const own = (isStart(text, place) ? START_OF_WORD : 1) + (text[place] === word[index] ? SAME_CASE : 0);
      if (index === 0) next[place] = { score: own, at: [place] };
      else {
        const joined = adjacent && { score: adjacent.score + own + NEXT_LETTER, at: [...adjacent.at, place] };
        const apart = far && { score: far.score + own - gapCost(far, place), at: [...far.at, place] };
        next[place] = joined === undefined || (apart !== undefined && apart.score > joined.score) ? apart : joined;
      }
    }
    best = next;
  }
  return best.reduce<Match | undefined>(
    (top, each) => (each && (top === undefined || each.score > top.score) ? each : top),
    undefined,
  );
}

function gapCost({ at }: Match, place: number): number {
  return Math.min(LONGEST_GAP, place - (at.at(-1) ?? 0) - 1) / 2;
}

/** Of a word, also of one inside `minTrackingConfidence` or after a dot. */
function isStart(text: string, place: number): boolean {
  const [before, here] = [text[place - 1], text[place] ?? ''];
  return (
    before === undefined || /[^\p{L}\p{N}]/u.test(before) || (/\p{Ll}|\p{N}/u.test(before) && /\p{Lu}/u.test(here))
  );
}

/** What can be ranked. */
export interface Rankable {
  readonly id: string;
  readonly title: string;
  /** Sought too, counting less than the title: a type's full name. */
  readonly detail?: string;
}

/** Something that answers, with the letters of its title that do. */
export interface Ranked<T> {
  readonly item: T;
  readonly at: readonly number[];
}

const DETAIL_WEIGHT = 0.5;
/** What was used last comes before what fits as well, and not before what fits much better. */
const RECENT_BONUS = 3;

/**
 * What answers a query, the best first; of equals that which was used last, then in the order given. Nothing typed: everything.
 * @param recent - ids of what was used, the latest first.
 */
export function rank<T extends Rankable>(
  query: string,
  items: readonly T[],
  recent: readonly string[] = [],
): readonly Ranked<T>[] {
  const age = new Map(recent.map((id, index) => [id, index]));
  return items
    .flatMap((item) => {
      const title = matchOf(query, item.title);
      const detail = item.detail === undefined ? undefined : matchOf(query, item.detail);
      if (title === undefined && detail === undefined) return [];
      const place = age.get(item.id);
      const bonus = place === undefined ? 0 : RECENT_BONUS * (1 - place / (recent.length + 1));
      const score = Math.max(title?.score ?? 0, (detail?.score ?? 0) * DETAIL_WEIGHT) + bonus;
      return [{ item, at: title?.at ?? [], score }];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ item, at }) => ({ item, at }));
}
