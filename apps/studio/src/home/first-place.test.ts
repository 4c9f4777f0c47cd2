import { describe, expect, it } from 'vitest';
import { firstPlace } from './first-place.js';

const GRAPHS = [{ id: 'dance' }, { id: 'hands', deployed: 2 }];

describe('firstPlace', () => {
  it('leads to the graph that was open last, while there is one', () => {
    expect(firstPlace({ graphs: GRAPHS, running: ['hands'], last: 'dance' })).toEqual({
      name: 'editor',
      params: { graph: 'dance' },
    });
    expect(firstPlace({ graphs: GRAPHS, running: ['hands'], last: 'gone' })).toEqual({
      name: 'editor',
      params: { graph: 'hands' },
    });
  });

  it('leads to a graph that runs, else to a run without one, else to the list', () => {
    expect(firstPlace({ graphs: GRAPHS, running: ['live', 'hands'], last: undefined })).toEqual({
      name: 'editor',
      params: { graph: 'hands' },
    });
    expect(firstPlace({ graphs: GRAPHS, running: ['live'], last: undefined })).toEqual({
      name: 'live',
      params: { run: 'live' },
    });
    expect(firstPlace({ graphs: GRAPHS, running: [], last: undefined })).toEqual({ name: 'graphs' });
  });
});
