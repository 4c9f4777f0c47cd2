import { describe, expect, it } from 'vitest';
import { aClassifier, aWindow } from './support/a-classifier.js';
import { aCard, aSignModel, sumOf } from './support/sign-models.js';

const { signal } = new AbortController();
/** A model that always says the label, with its card. */
function always(label: string, at = 0) {
  const model = aSignModel({ bias: [at === 0 ? 9 : 0, at === 0 ? 0 : 9] });
  return { model, card: aCard({ labels: at === 0 ? [label, 'none'] : ['none', label], sha256: sumOf(model) }) };
}

type Bench = ReturnType<typeof aClassifier>;
const says = async ({ classifier }: Bench): Promise<string | undefined> =>
  (await classifier.classify(aWindow())).tracks[0]?.label;

describe('another model while the run goes on', () => {
  it('is taken over by its setting, without a restart', async () => {
    const bench = aClassifier(always('one'));
    const other = always('two', 1);
    bench.files.write('other.onnx', other.model);
    bench.files.write('other.json', other.card);
    await bench.classifier.open(signal);
    expect(await says(bench)).toBe('one');
    expect(await bench.classifier.reconfigure({ ...bench.config, model: 'other.onnx' })).toBe(true);
    expect(await says(bench)).toBe('two');
    await bench.classifier.close();
  });

  it('that cannot be used is refused, and the old one goes on', async () => {
    const bench = aClassifier(always('one'));
    await bench.classifier.open(signal);
    await expect(bench.classifier.reconfigure({ ...bench.config, model: 'none.onnx' })).rejects.toThrow(
      'There is no file none.onnx',
    );
    expect(await says(bench)).toBe('one');
    const next = always('two', 1);
    bench.files.write('mine.onnx', next.model);
    bench.files.write('mine.json', next.card);
    await bench.pass(2000); // its files are still watched
    expect(await says(bench)).toBe('two');
    await bench.classifier.close();
  });

  it('is taken over when its files are replaced, in either order, and said once', async () => {
    const bench = aClassifier(always('one'));
    await bench.classifier.open(signal);
    for (const [label, at, order] of [
      ['two', 1, ['onnx', 'json']],
      ['three', 0, ['json', 'onnx']],
    ] as const) {
      const before = await says(bench);
      const pair = always(label, at);
      for (const half of order) {
        bench.files.write(`mine.${half}`, half === 'onnx' ? pair.model : pair.card);
        if (half === order[0]) await bench.pass(3000);
        if (half === order[0]) expect(await says(bench)).toBe(before);
      }
      await bench.pass(2000);
      expect(await says(bench)).toBe(label);
    }
    expect(bench.logged.filter(({ level }) => level === 'warn')).toEqual([]);
    expect(bench.logged.filter(({ level }) => level === 'info').map(({ message }) => message)).toEqual(
      Array.from({ length: 2 }, () => 'Model "mine.onnx" was replaced and taken over: 2 labels.'),
    );
    await bench.classifier.close();
  });

  it.each([
    [
      'one half of a pair',
      (bench: Bench) => bench.files.write('mine.onnx', always('two', 1).model),
      /is not the one of its card/,
    ],
    [
      'a file cut in half',
      (bench: Bench) => bench.files.write('mine.onnx', always('two', 1).model.subarray(0, 300)),
      /mine\.onnx/,
    ],
    [
      'a card that is no JSON',
      (bench: Bench) => bench.files.write('mine.json', new Uint8Array([1])),
      /it is no JSON text/,
    ],
    ['no card any more', (bench: Bench) => bench.files.remove('mine.json'), /has no card "mine\.json"/],
  ])('of which there is only %s: told once after a while, and the old one goes on', async (_what, spoil, message) => {
    const bench = aClassifier(always('one'));
    await bench.classifier.open(signal);
    spoil(bench);
    await bench.pass(3000);
    expect(bench.logged.filter(({ level }) => level === 'warn')).toEqual([]);
    await bench.pass(20_000);
    const warnings = bench.logged.filter(({ level }) => level === 'warn').map((line) => line.message);
    expect(warnings).toEqual([expect.stringMatching(message)]);
    expect(warnings[0]).toMatch(/^The model before goes on/);
    expect(await says(bench)).toBe('one');
    const mended = always('two', 1);
    bench.files.write('mine.onnx', mended.model);
    bench.files.write('mine.json', mended.card);
    await bench.pass(2000);
    expect(await says(bench)).toBe('two');
    await bench.classifier.close();
  });

  it('loses no window under way', async () => {
    const bench = aClassifier(always('one'));
    const next = always('two', 1);
    bench.files.write('other.onnx', next.model);
    bench.files.write('other.json', next.card);
    await bench.classifier.open(signal);
    const answers = Array.from({ length: 40 }, () => says(bench));
    const swapped = bench.classifier.reconfigure({ ...bench.config, model: 'other.onnx' });
    const later = Array.from({ length: 40 }, () => says(bench));
    await swapped;
    for (const label of await Promise.all([...answers, ...later])) expect(['one', 'two']).toContain(label);
    expect(await says(bench)).toBe('two');
    await bench.classifier.close();
  });
});
