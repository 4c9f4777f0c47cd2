import { expect, it } from 'vitest';
import { settingRows } from './setting-rows.js';

it('tells each setting by its name, those that were set first', () => {
  const config = { port: 4450, limits: { runs: 8 }, media: { folders: ['/a'] } };
  const from = { port: '--port', 'limits.runs': 'default', 'media.folders': 'a file', 'tls.key': 'default' };
  expect(settingRows(config, from)).toEqual([
    { name: 'port', value: '4450', from: '--port' },
    { name: 'media.folders', value: '["/a"]', from: 'a file' },
    { name: 'limits.runs', value: '8', from: 'default' },
    { name: 'tls.key', value: '–', from: 'default' },
  ]);
});
