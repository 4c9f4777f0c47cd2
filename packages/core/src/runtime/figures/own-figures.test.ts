import { describe, expect, it } from 'vitest';
import { MOST_OWN_FIGURES, OwnFigures } from './own-figures.js';

describe('OwnFigures', () => {
  it('adds up what is counted, and keeps the last of each gauge', () => {
    const figures = new OwnFigures();
    figures.count('sent');
    figures.count('sent', 4);
    figures.count('retried', 0);
    figures.gauge('queue_bytes', 10);
    figures.gauge('queue_bytes', 3.5);
    expect(figures.snapshot()).toEqual({ counters: { sent: 5, retried: 0 }, gauges: { queue_bytes: 3.5 } });
  });

  it('says nothing of kinds without any', () => {
    const figures = new OwnFigures();
    expect(figures.snapshot()).toEqual({});
    figures.gauge('open', 1);
    expect(figures.snapshot()).toEqual({ gauges: { open: 1 } });
  });

  it('forgets a gauge that holds no number any more', () => {
    const figures = new OwnFigures();
    figures.gauge('lag_ms', 4);
    figures.gauge('lag_ms', Number.NaN);
    expect(figures.snapshot()).toEqual({});
    figures.count('lag_ms'); // the name is free
    expect(figures.snapshot()).toEqual({ counters: { lag_ms: 1 } });
  });

  it.each(['', 'Sent', 'sent-twice', '_sent', '9lives', 'a'.repeat(64), '__proto__', 'größe'])(
    'refuses the name "%s", as often as it comes',
    (name) => {
      const figures = new OwnFigures();
      for (let time = 0; time < 2; time += 1) {
        expect(() => figures.count(name)).toThrow(expect.objectContaining({ code: 'RUN_NODE_FIGURE' }));
        expect(() => figures.gauge(name, 1)).toThrow(expect.objectContaining({ code: 'RUN_NODE_FIGURE' }));
      }
      expect(figures.snapshot()).toEqual({});
    },
  );

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('does not count by %s', (by) => {
    const figures = new OwnFigures();
    expect(() => figures.count('sent', by)).toThrow('A counter only grows');
    expect(figures.snapshot()).toEqual({});
  });

  it('takes no name for both', () => {
    const figures = new OwnFigures();
    figures.count('bytes');
    figures.gauge('lag', 1);
    expect(() => figures.gauge('bytes', 1)).toThrow('both a counter and a gauge');
    expect(() => figures.count('lag')).toThrow('both a counter and a gauge');
  });

  it('is bounded, and goes on counting what it has', () => {
    const figures = new OwnFigures();
    for (let index = 0; index < MOST_OWN_FIGURES; index += 1) figures.gauge(`figure_${index}`, index);
    expect(() => figures.count('one_more')).toThrow('that is the most');
    expect(() => figures.gauge('one_more', 1)).toThrow('that is the most');
    figures.gauge('figure_3', 33);
    expect(Object.keys(figures.snapshot().gauges ?? {})).toHaveLength(MOST_OWN_FIGURES);
    expect(figures.snapshot().gauges?.['figure_3']).toBe(33);
  });
});
