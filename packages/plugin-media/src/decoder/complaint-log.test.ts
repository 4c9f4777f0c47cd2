import { describe, expect, it } from 'vitest';
import { ComplaintLog } from './complaint-log.js';

function logOf(...pieces: string[]): ComplaintLog {
  const log = new ComplaintLog();
  for (const piece of pieces) log.add(piece);
  return log;
}

describe('ComplaintLog', () => {
  it('keeps warnings and errors, not what is only told for information', () => {
    const log = logOf('[info] Input #0, mov\n[mov @ 0x1] [warning] odd\n[info] Stream #0\n[error] bad\n');
    expect(log.lines).toEqual(['[mov @ 0x1] [warning] odd', '[error] bad']);
    expect(log.asCause()?.message).toBe('[mov @ 0x1] [warning] odd\n[error] bad');
  });

  it('reads the duration, however the text is cut', () => {
    const text = '[info]   Duration: 01:02:03.45, start: 0.000000, bitrate: 318 kb/s\n';
    for (let cut = 1; cut < text.length; cut += 1) {
      expect(logOf(text.slice(0, cut), text.slice(cut)).durationMs).toBeCloseTo(3_723_450, 6);
    }
    expect(logOf('[info]   Duration: N/A, start: 0.0\n').durationMs).toBeUndefined();
  });

  it('keeps only the last twenty lines, and no endless one', () => {
    const log = logOf(...Array.from({ length: 30 }, (_, index) => `line ${index}\r\n`), 'x'.repeat(100_000), '\n');
    expect(log.lines).toHaveLength(20);
    expect(log.lines[0]).toBe('line 11');
    expect(log.lines[19]).toHaveLength(500);
  });

  it.each([
    '[mov,mp4 @ 0x1] [error] stream 0, offset 0x17ca6: partial file',
    '[matroska,webm @ 0x1] [error] File ended prematurely at pos. 96658 (0x17992)',
  ])('knows what tells of a cut: %s', (line) => {
    expect(logOf(`${line}\n`).saysCutOff).toBe(true);
  });

  it('tells damage from a cut', () => {
    const log = logOf('[warning] clip.avi: corrupt input packet in stream 0\n');
    expect([log.saysCorrupt, log.saysCutOff]).toEqual([true, false]);
  });

  it('hears nothing after it was closed', () => {
    const log = logOf('one\n');
    log.close();
    log.add('two\n');
    expect(log.lines).toEqual(['one']);
  });

  it('takes secrets out of whole lines, before they are cut', () => {
    const log = new ComplaintLog((line) => line.replaceAll('secret', '***'));
    const line = `${'x'.repeat(497)}secret`;
    log.add(line.slice(0, 499));
    log.add(`${line.slice(499)}\n`);
    expect(log.lines).toEqual([`${'x'.repeat(497)}***`]);
  });

  it('hands every line to who listens, also those that are no complaints', () => {
    const heard: string[] = [];
    const log = new ComplaintLog(undefined, (line) => heard.push(line));
    log.add('[graph @ 0x1] [verbose] w:32\n[error] bad\n');
    expect(heard).toEqual(['[graph @ 0x1] [verbose] w:32', '[error] bad']);
    expect(log.lines).toEqual(['[error] bad']);
  });

  it('passes over what every Motion JPEG makes FFmpeg say', () => {
    const noise = '[swscaler @ 0x1] [warning] deprecated pixel format used, make sure you did set range correctly\n';
    expect(logOf(noise, noise).lines).toEqual([]);
  });
});
