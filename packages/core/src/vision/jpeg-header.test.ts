import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { countScans, readJpegTraits } from './jpeg-header.js';

const [WIDTH, HEIGHT] = [161, 97];
const picture = (): Sharp =>
  sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: { r: 9, g: 99, b: 199 } } });

const uint16 = (value: number): number[] => [value >> 8, value & 255];
const segment = (marker: number, ...payload: number[]): number[] => [
  0xff,
  marker,
  ...uint16(payload.length + 2),
  ...payload,
];
const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0));
const frame = (process: number, components = 3, precision = 8): number[] =>
  segment(process, precision, ...uint16(HEIGHT), ...uint16(WIDTH), components, ...new Uint8Array(components * 3));
const scan = segment(0xda, 1, 1, 0, 0, 63, 0);
const jpeg = (...segments: number[][]): Uint8Array => Uint8Array.from([0xff, 0xd8, ...segments.flat(), ...scan]);

/** Exif with one entry in its first directory. */
function exif(tag: number, value: number, options: { little?: boolean; type?: number; order?: string } = {}): number[] {
  const { little = false, type = 3, order = little ? 'II' : 'MM' } = options;
  const tiff = new DataView(new ArrayBuffer(26));
  tiff.setUint16(2, 42, little);
  tiff.setUint32(4, 8, little);
  tiff.setUint16(8, 1, little);
  tiff.setUint16(10, tag, little);
  tiff.setUint16(12, type, little);
  tiff.setUint32(14, 1, little);
  tiff.setUint16(18, value, little);
  return segment(0xe1, ...ascii('Exif'), 0, 0, ...ascii(order), ...new Uint8Array(tiff.buffer).subarray(2));
}

describe('readJpegTraits, of real files', () => {
  it.each([
    ['a baseline file', () => picture().jpeg(), { process: 0xc0, components: 3 }],
    ['a progressive file', () => picture().jpeg({ progressive: true }), { process: 0xc2, components: 3 }],
    ['a grey file', () => picture().toColourspace('b-w').jpeg(), { components: 1 }],
    ['a CMYK file', () => picture().toColourspace('cmyk').jpeg(), { components: 4 }],
    ['a file to be turned', () => picture().withMetadata({ orientation: 6 }).jpeg(), { isUpright: false }],
    ['a file with Exif that is upright', () => picture().withMetadata({ orientation: 1 }).jpeg(), { isUpright: true }],
    ['a file with a profile', () => picture().withIccProfile('p3').jpeg(), { hasProfile: true }],
  ])('reads %s', async (_name, make, wanted) => {
    const ordinary = { width: WIDTH, height: HEIGHT, precision: 8, isUpright: true, hasProfile: false };
    const bytes = await make().toBuffer();
    const traits = readJpegTraits(bytes);
    expect(traits).toMatchObject({ ...ordinary, ...pick(traits, ['hasProfile', 'components']), ...wanted });
    expect([...bytes.subarray(traits?.scanOffset, (traits?.scanOffset ?? 0) + 2)]).toEqual([0xff, 0xda]);
  });

  it.each([
    ['a baseline file', { progressive: false }, true],
    ['a progressive file', { progressive: true }, false],
  ])('tells whether %s has one scan only', async (_name, options, isOneScan) => {
    expect(readJpegTraits(await picture().jpeg(options).toBuffer())?.isOneScan).toBe(isOneScan);
  });

  it('counts the scans of a progressive file, up to the number asked for', async () => {
    const bytes = await picture().jpeg({ progressive: true }).toBuffer();
    const offset = readJpegTraits(bytes)?.scanOffset ?? 0;
    expect([countScans(bytes, offset, 100), countScans(bytes, offset, 4), countScans(bytes, bytes.length, 9)]).toEqual([
      10, 4, 0,
    ]);
  });
});

/** Those traits that a row of the table above leaves open. */
function pick(traits: object | undefined, keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(traits ?? {}).filter(([key]) => keys.includes(key)));
}

describe('readJpegTraits, of built headers', () => {
  it.each([
    ['no Exif', [], true],
    ['orientation 1', exif(0x0112, 1), true],
    ['orientation 1, little-endian', exif(0x0112, 1, { little: true }), true],
    ['another tag', exif(0x0110, 6), true],
    ['orientation 6', exif(0x0112, 6), false],
    ['orientation 3, little-endian', exif(0x0112, 3, { little: true }), false],
    ['orientation of another type', exif(0x0112, 1, { type: 4 }), false],
    ['a byte order that there is not', exif(0x0112, 1, { order: 'XX' }), false],
    ['XMP in the same sort of segment', segment(0xe1, ...ascii('http://ns.adobe.com/xap/1.0/'), 0), true],
  ])('tells whether a file with %s is upright', (_name, app1, isUpright) => {
    expect(readJpegTraits(jpeg(app1, frame(0xc0)))?.isUpright).toBe(isUpright);
    expect(readJpegTraits(jpeg(frame(0xc0), app1))?.isUpright).toBe(isUpright); // it may stand behind the frame as well
  });

  it('is sure of nothing where Exif is cut short', () => {
    const whole = exif(0x0112, 1);
    const cut = segment(0xe1, ...whole.slice(4, -10));
    expect(readJpegTraits(jpeg(cut, frame(0xc0)))).toBeUndefined();
  });

  it.each([
    ['two frames', jpeg(frame(0xc0), frame(0xc0))],
    ['a scan before its frame', jpeg()],
    ['no scan', Uint8Array.from([0xff, 0xd8, ...frame(0xc0), 0xff, 0xd9])],
    ['a stuffed zero between segments, which libjpeg skips', jpeg([0xff, 0x00, 0, 2], frame(0xc0))],
    ['garbage between segments, which libjpeg skips', jpeg([1, 2, 3], frame(0xc0))],
    ['another format', Uint8Array.from(ascii('GIF89a'))],
    ['nothing', new Uint8Array()],
  ])('gives up on %s', (_name, bytes) => {
    expect(readJpegTraits(bytes)).toBeUndefined();
  });

  it('never throws', () => {
    const parts = fc.constantFrom(exif(0x0112, 1), frame(0xc0), frame(0xc2, 1), scan, [0xff], [0xff, 0xe1, 0, 9]);
    const bytes = fc.array(fc.oneof(parts, fc.array(fc.nat(255), { maxLength: 4 })), { maxLength: 6 });
    fc.assert(
      fc.property(bytes, fc.nat(60), (segments, cut) => {
        const whole = jpeg(...segments);
        const traits = readJpegTraits(whole.subarray(0, whole.length - cut));
        if (traits !== undefined) expect([traits.width, traits.height]).not.toContain(0);
      }),
      { numRuns: 2000 },
    );
  });
});
