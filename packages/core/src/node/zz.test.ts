import { it } from 'vitest';
import sharp from 'sharp';
import { SharpImageCodec } from './image-codec.js';
import { SlotFramePool } from '../vision/index.js';
it('x', async () => {
  const pool = new SlotFramePool();
  const codec = new SharpImageCodec(pool);
  const noise = Buffer.from(Array.from({ length: 640 * 480 * 3 }, (_, i) => (i * 7919) % 251));
  const img = () => sharp(noise, { raw: { width: 640, height: 480, channels: 3 } });
  const t = { sequence: 1, timestampMs: 2, capturedAtMs: 3 };
  const jpeg = await img().jpeg().toBuffer();
  const tryit = async (name: string, bytes: Uint8Array, o: object = {}) => {
    try { const f = await codec.decodeBytes(bytes, t, { format: 'rgba8', ...o }); console.log(name, f.width, f.height, f.format, f.data.length, f.data.subarray(0, 8)); f.close(); }
    catch (e) { console.log(name, (e as any).name, (e as any).code, (e as Error).message); }
  };
  await tryit('jpeg', jpeg);
  await tryit('jpeg384', jpeg, { shortSide: 384 });
  await tryit('jpeg gray', jpeg, { format: 'gray8', shortSide: 100 });
  const garbled = Buffer.from(jpeg); for (let i = 700; i < garbled.length; i += 97) garbled[i] = 0x55;
  await tryit('garbled', garbled);
  const g2 = Buffer.from(jpeg); g2.fill(0, 30, 300); await tryit('nohuff', g2);
  await tryit('text', Buffer.from('hello, I am text'));
  const wide = Buffer.from(jpeg); const at = wide.indexOf(Buffer.from([0xff, 0xc0])); wide.writeUInt16BE(20000, at + 7);
  await tryit('wide', wide);
  const claims = Buffer.from(jpeg); claims.writeUInt16BE(8000, at + 5); claims.writeUInt16BE(8000, at + 7);
  await tryit('claims', claims);
  const w3000 = Buffer.from(jpeg); w3000.writeUInt16BE(700, at + 7);
  await tryit('w700', w3000);

  const extra = Buffer.concat([jpeg, Buffer.from('trailing')]); await tryit('extra', extra);
  const fill = Buffer.concat([jpeg.subarray(0, -2), Buffer.from([0xff, 0xff,0xff,0xd9])]); await tryit('fill', fill);
  const junk = Buffer.concat([jpeg.subarray(0, -2), Buffer.from([1,2,3,4,0xff,0xd9])]); await tryit('junk', junk);
  const noeoi = Buffer.concat([jpeg.subarray(0, -2), Buffer.alloc(64)]); await tryit('noeoi', noeoi);
  console.log(pool.inUse);
});
