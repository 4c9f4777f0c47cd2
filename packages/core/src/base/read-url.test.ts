import { expect, it } from 'vitest';
import { readUrl } from './read-url.js';

it('reads URLs, and tells what is none by undefined', () => {
  expect(readUrl('http://a.example/b?c')?.pathname).toBe('/b');
  expect(readUrl('/b', 'http://a.example')?.href).toBe('http://a.example/b');
  for (const none of ['', 'a', 'http://[', 'http://a:99999']) expect(readUrl(none)).toBeUndefined();
  expect(readUrl('//[', 'http://a.example')).toBeUndefined();
});

it('says the same the ten-thousandth time as the first', () => {
  // Bytes of Latin-1 as a header has them, which are no UTF-8; `URL.canParse` changes its mind when it is compiled.
  for (const text of ['///\u00da////\u00da/', '//127.0.0\u00d9/', '//\u00e4.example/']) {
    const first = readUrl(text, 'http://server')?.href;
    for (let time = 0; time < 10_000; time += 1)
      if (readUrl(text, 'http://server')?.href !== first) expect(time).toBe('never');
  }
});
