import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchOf, rank } from './rank.js';

const item = (title: string, detail?: string) => ({ id: title, title, ...(detail === undefined ? {} : { detail }) });
const titles = (query: string, of: readonly string[], recent: readonly string[] = []): readonly string[] =>
  rank(
    query,
    of.map((title) => item(title)),
    recent,
  ).map((each) => each.item.title);

describe('matchOf', () => {
  it.each([
    ['mph', 'MediaPipe Hands', [0, 5, 10]],
    ['hands', 'MediaPipe Hands', [10, 11, 12, 13, 14]],
    ['hands media', 'MediaPipe Hands', [0, 1, 2, 3, 4, 10, 11, 12, 13, 14]],
    ['mtc', 'minTrackingConfidence', [0, 3, 11]],
    // Side by side in one word, not the first letters that come.
    ['an', 'Adapt angles', [6, 7]],
    ['', 'anything', []],
  ])('%j in %j', (query, text, at) => {
    expect(matchOf(query, text)?.at).toEqual(at);
  });

  it.each([
    ['hx', 'Hands'],
    ['sdnah', 'Hands'],
    ['hands hands2', 'Hands'],
  ])('%j is not in %j', (query, text) => {
    expect(matchOf(query, text)).toBeUndefined();
  });

  it('finds every text by a part of its letters', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-zA-Z0-9.]{1,20}$/),
        fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
        (text, keep) => {
          const part = Array.from(text, (letter, index) => (keep[index] === true ? letter : '')).join('');
          const match = matchOf(part, text);
          expect(match?.at.map((place) => text[place]?.toLowerCase()).join('')).toBe(part.toLowerCase());
        },
      ),
    );
  });
});

describe('rank', () => {
  it('has beginnings of words before what is scattered, and short before long', () => {
    expect(titles('save', ['Discard saved version', 'Save', 'Slide and verify'])).toEqual([
      'Save',
      'Discard saved version',
      'Slide and verify',
    ]);
    expect(titles('de', ['Undeploy', 'Delete', 'Deploy'])).toEqual(['Delete', 'Deploy', 'Undeploy']);
  });

  it('has what was used last first, of what fits as well', () => {
    expect(titles('', ['Undo', 'Redo', 'Save'], ['Save', 'Redo'])).toEqual(['Save', 'Redo', 'Undo']);
    expect(titles('s', ['Save', 'Select'], ['Select'])).toEqual(['Select', 'Save']);
    expect(titles('save', ['Save', 'Slide and verify'], ['Slide and verify'])).toEqual(['Save', 'Slide and verify']);
  });

  it('looks into details too, after titles', () => {
    const found = rank('hands', [item('Landmarks', 'mediapipe.hands'), item('Hands')]);
    expect(found.map((each) => each.item.title)).toEqual(['Hands', 'Landmarks']);
    expect(found[1]?.at).toEqual([]);
  });
});
