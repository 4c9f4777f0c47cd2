import { describe, expect, it } from 'vitest';
import { withoutSecrets } from './without-secrets.js';

describe('withoutSecrets', () => {
  it.each([
    ['https://models.test/net.bin', 'https://models.test/net.bin'],
    ['https://u:p@models.test/net.bin', 'https://models.test/net.bin'],
    ['https://u:p@ss@models.test/a@b', 'https://models.test/a@b'],
    ['https://models.test/net.bin?token=1&x=2', 'https://models.test/net.bin?...'],
    ['https://models.test?at=u@p#sha256=12', 'https://models.test?...#sha256=12'],
    ['https://models.test/?a=http://u:p@inner.test/', 'https://models.test/?...'],
    ['it leads to "http://u:p@b.test/?t=1", is that right?', 'it leads to "http://b.test/?...", is that right?'],
    ['HTTPS://u@B.test?t from https://v@c.test', 'HTTPS://B.test?... from https://c.test'],
  ])('%s: %s', (text, shown) => {
    expect(withoutSecrets(text)).toBe(shown);
  });
});
