import { describe, expect, it } from 'vitest';
import { SignModelCard, cardNameOf, labelsOf, parseSignModelCard } from './card.js';

const bytesOf = (card: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(card));
const smallest = { 'kinegraph-signs': 1, labels: ['a', 'b'], features: 'signfeat/1' };

describe('the card of a model of signs', () => {
  it('needs a version, labels and features, and fills in the rest', () => {
    expect(parseSignModelCard(bytesOf(smallest), 'mine.json')).toEqual({
      ...smallest,
      title: '',
      coordinates: 'image',
      frames: 30,
      spanMs: 1000,
      noneLabel: 'none',
      activation: 'softmax',
      temperature: 1,
      threshold: 0,
    });
  });

  it('tells of each label its threshold and whether it is a held shape', () => {
    const labels = ['a', { label: 'wave', threshold: 0.7, static: false }, { label: 'fist', static: true }];
    expect(labelsOf(parseSignModelCard(bytesOf({ ...smallest, labels, threshold: 0.5 }), 'mine.json'))).toEqual([
      { label: 'a', threshold: 0.5, static: undefined },
      { label: 'wave', threshold: 0.7, static: false },
      { label: 'fist', threshold: 0.5, static: true },
    ]);
  });

  it.each([
    ['no JSON', new TextEncoder().encode('{"labels": ['), /"mine\.json".*it is no JSON text/],
    ['another version', bytesOf({ ...smallest, 'kinegraph-signs': 2 }), /kinegraph-signs: .*1/],
    ['two identical labels', bytesOf({ ...smallest, labels: ['a', 'b', 'a'] }), /labels: "a" is there twice/],
    ['features nobody makes', bytesOf({ ...smallest, features: 'signfeat/9' }), /features: .*signfeat\/1/],
    ['a threshold that is none', bytesOf({ ...smallest, labels: [{ label: 'a', threshold: 2 }] }), /labels\[0\]/],
    ['a list', bytesOf([]), /the whole: /],
  ])('is refused with what is wrong: %s', (_what, bytes, message) => {
    expect(() => parseSignModelCard(bytes, 'mine.json')).toThrow(
      expect.objectContaining({ code: 'SIGNS_CARD', message: expect.stringMatching(message) as string }),
    );
  });

  it('takes 2,000 labels', () => {
    const labels = Array.from({ length: 2000 }, (_, index) => `sign ${index}`);
    expect(SignModelCard.parse({ ...smallest, labels }).labels).toHaveLength(2000);
  });

  it.each([
    ['signs/mine.onnx', 'signs/mine.json'],
    ['C:\\signs\\Mine.ONNX', 'C:\\signs\\Mine.json'],
    ['signs.default', 'signs.default-card'],
    ['https://example.org/a/mine.onnx?x=1#sha256=00', 'https://example.org/a/mine.json?x=1'],
  ])('of %s is %s', (model, card) => {
    expect(cardNameOf(model)).toBe(card);
  });
});
