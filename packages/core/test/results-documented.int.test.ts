import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toJson } from '../src/kinds/index.js';
import { aHand, landmarksOf } from '../src/testing/index.js';
import { hand21 } from '../src/vision/index.js';

const page = readFileSync(new URL('../../../docs/results.md', import.meta.url), 'utf8');
const lines = [...page.matchAll(/^```json\n(.+)\n```$/gm)].map(([, line = '']) => JSON.parse(line) as Line);

interface Line {
  readonly value: { readonly tracks: readonly Readonly<Record<string, unknown>>[] };
}

describe('docs/results.md', () => {
  it('shows lines with the fields of a line and explains each', () => {
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(Object.keys(line)).toEqual(['timestampMs', 'sequence', 'ageMs', 'node', 'value']);
      for (const field of Object.keys(line)) expect(page).toContain(`| \`${field}\``);
    }
  });

  it('shows and explains the fields of landmarks that the sink writes', () => {
    const written = toJson(landmarksOf(aHand()), 5) as Line['value'];
    const shown = lines[0]?.value;
    expect(Object.keys(shown ?? {})).toEqual(Object.keys(written));
    expect(Object.keys(shown?.tracks[0] ?? {})).toEqual(Object.keys(written.tracks[0] ?? {}));
    for (const field of Object.keys(shown?.tracks[0] ?? {})) expect(page).toContain(`| \`${field}\``);
    for (const key of ['image', 'world']) {
      const rows = shown?.tracks[0]?.[key] as number[][];
      expect(rows.map((row) => row.length)).toEqual(hand21.points.map(() => 4));
    }
  });

  it('names the point that its snippet reads', () => {
    expect(hand21.points[8]).toBe('indexTip');
  });
});
