import { copyFileSync, mkdirSync } from 'node:fs';
import { createClient } from '@kinegraph/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIP, TemporaryFolder } from './support/kinegraph.js';
import { LiveServer, WITHOUT_MODELS } from './support/live-server.js';

const EXAMPLES = ['hands', 'body', 'dance', 'signs', 'people'];

let folder: TemporaryFolder;
let server: LiveServer;
beforeAll(async () => {
  folder = new TemporaryFolder();
  server = await LiveServer.start([...WITHOUT_MODELS, '--workspace', folder.path]);
}, 60_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

async function examples() {
  const { data } = await createClient({ url: server.url }).GET('/api/v1/example-graphs');
  return data?.graphs ?? [];
}

describe('Graphs that plugins contribute', () => {
  it('are told with what they need, and where their clip is missing, that it is', async () => {
    const all = await examples();
    expect(all.map(({ id }) => id)).toEqual(EXAMPLES);
    for (const { clip, problems, description, expect: seen } of all) {
      expect({ clip, problems }).toEqual({ clip: { name: 'signer.mp4' }, problems: [] });
      expect([description, seen]).not.toContain(undefined);
    }
    const models = Object.fromEntries(all.map(({ id, models: needed }) => [id, needed.map((model) => model.id)]));
    expect(models).toEqual({
      hands: ['mediapipe.hands.full'],
      body: ['mediapipe.pose.lite'],
      dance: ['mediapipe.hands.lite', 'mediapipe.pose.lite'],
      signs: ['mediapipe.hands.full', 'signs.default'],
      people: ['yolo.yolov8n-pose'],
    });
    const hands = all[0]?.models[0];
    expect(hands).toMatchObject({ isThere: true, license: 'Apache-2.0' });
    expect(all.at(-1)?.models[0]).toMatchObject({ isThere: false, reason: expect.stringMatching(/\.$/) as string });
  });

  it('have the path of their clip once a folder that graphs may read has it, and are valid to the letter', async () => {
    mkdirSync(folder.file('clips'));
    copyFileSync(CLIP, folder.file('clips/signer.mp4'));
    const all = await examples();
    expect(all.map(({ clip }) => clip?.path)).toEqual(EXAMPLES.map(() => 'clips/signer.mp4'));
    for (const { graph } of all) {
      expect(graph?.nodes['clip']?.config).toMatchObject({ path: 'clips/signer.mp4', loop: true, pace: 'realtime' });
      const checked = await server.post('/api/v1/validate', { graph });
      expect(await checked.json()).toEqual({ problems: [] });
    }
  });
});
