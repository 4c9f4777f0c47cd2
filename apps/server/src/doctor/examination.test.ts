import { VirtualClock } from '@kinegraph/core/testing';
import { describe, expect, it } from 'vitest';
import type { Check, ExaminedMachine, MachineCheck } from './check.js';
import { examine } from './examination.js';
import { fault, good } from './finding.js';

const MACHINE: ExaminedMachine = { env: {}, configuration: { error: new Error('none') } };
const never = new AbortController().signal;

const check = (name: string, run: MachineCheck['run']): Check => ({ name, of: 'machine', run });

describe('An examination', () => {
  it('tells all that was found, in the order of the checks, whoever is first', async () => {
    const late = check('late', async () => {
      await new Promise((done) => setTimeout(done, 20));
      return [good('a'), fault('b', 'c')];
    });
    const found = await examine([late, check('early', async () => await Promise.resolve([good('d')]))], MACHINE, never);
    expect(found.map(({ check: name, message }) => `${name} ${message}`)).toEqual(['late a', 'late b', 'early d']);
  });

  it('goes on where a check throws, at once or later', async () => {
    const found = await examine(
      [
        check('at once', () => {
          throw new Error('no such thing');
        }),
        check('later', async () => await Promise.reject(new Error('gone.'))),
        check('well', async () => await Promise.resolve([good('fine')])),
      ],
      MACHINE,
      never,
    );
    expect(found).toEqual([
      expect.objectContaining({ outcome: 'fault', message: 'The check itself failed: no such thing.' }),
      expect.objectContaining({ outcome: 'fault', message: 'The check itself failed: gone.' }),
      { check: 'well', outcome: 'good', message: 'fine' },
    ]);
  });

  it('gives a check up after its time, tells it so, and keeps what others found', async () => {
    const clock = new VirtualClock();
    let told: AbortSignal | undefined;
    const stuck = check('stuck', async (_machine, signal) => {
      told = signal;
      return await new Promise(() => {});
    });
    const found = examine(
      [stuck, check('well', async () => await Promise.resolve([good('fine')]))],
      MACHINE,
      never,
      clock,
    );
    await clock.advance(9_999);
    expect(told?.aborted).toBe(false);
    await clock.advance(1);
    expect((await found).map(({ message }) => message)).toEqual(['The check did not end within 10 s.', 'fine']);
    expect(told?.aborted).toBe(true);
  });

  it('passes over what needs a configuration where that cannot be used', async () => {
    const server: Check = { name: 'server', of: 'server', run: async () => await Promise.reject(new Error('was run')) };
    expect(await examine([server], MACHINE, never)).toEqual([
      { check: 'server', outcome: 'skipped', message: 'Not looked at, since the configuration cannot be used.' },
    ]);
  });

  it('ends at once where it is given up', async () => {
    const abort = new AbortController();
    const found = examine([check('stuck', async () => await new Promise(() => {}))], MACHINE, abort.signal);
    abort.abort();
    await expect(found).rejects.toMatchObject({ code: 'CORE_ABORTED' });
  });
});
