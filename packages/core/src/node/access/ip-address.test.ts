import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInRange, isLoopbackAddress, isPublicAddress, parseAddress, parseRange } from './ip-address.js';

const isPublic = (text: string): boolean | undefined => {
  const address = parseAddress(text);
  return address === undefined ? undefined : isPublicAddress(address);
};

describe('addresses', () => {
  it.each([
    ['127.0.0.1', { family: 4, bits: 0x7f000001n }],
    ['[::1]', { family: 6, bits: 1n }],
    ['::', { family: 6, bits: 0n }],
    ['2001:db8::1:2', { family: 6, bits: 0x20010db8_00000000_00000000_00010002n }],
    ['1:2:3:4:5:6:7:8', { family: 6, bits: 0x0001_0002_0003_0004_0005_0006_0007_0008n }],
    ['::ffff:10.0.0.1', { family: 4, bits: 0x0a000001n }],
    ['::ffff:a00:1', { family: 4, bits: 0x0a000001n }],
    ['64:ff9b::10.0.0.1', { family: 6, bits: 0x0064ff9b_00000000_00000000_0a000001n }],
    ['fe80::1%eth0', { family: 6, bits: (0xfe80n << 112n) | 1n }],
  ])('reads %s', (text, expected) => {
    expect(parseAddress(text)).toEqual(expected);
  });

  it.each(['', 'localhost', '127.1', '0x7f.0.0.1', '1.2.3.256', '1.2.3.4.', ':::', '1::2::3', '10.0.0.0/8', '%eth0'])(
    'takes %j for none',
    (text) => {
      expect(parseAddress(text)).toBeUndefined();
    },
  );

  it.each([
    ['8.8.8.8', true],
    ['2606:4700:4700::1111', true],
    ['127.8.9.1', false],
    ['169.254.169.254', false],
    ['::ffff:169.254.169.254', false],
    ['10.1.2.3', false],
    ['172.31.255.255', false],
    ['172.32.0.0', true],
    ['192.168.0.1', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['::1', false],
    ['::', false],
    ['fe80::1', false],
    ['fd12::1', false],
    ['ff02::1', false],
    ['64:ff9b::7f00:1', false],
    ['2002:7f00:1::', false],
    ['2001:0:1::', false],
    ['::7f00:1', false],
  ])('knows whether %s is public: %s', (text, expected) => {
    expect(isPublic(text)).toBe(expected);
  });

  it('knows loopback in both families', () => {
    const loopback = ['127.0.0.1', '127.255.0.3', '::1', '::ffff:127.0.0.1', '128.0.0.1', '::2'].map((text) => {
      const address = parseAddress(text);
      return address !== undefined && isLoopbackAddress(address);
    });
    expect(loopback).toEqual([true, true, true, true, false, false]);
  });
});

describe('ranges', () => {
  it.each([
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '::/129',
    'example.com/8',
    '10.0.0.0/1e1',
    '::ffff:10.0.0.0/8',
  ])('takes %j for none', (text) => {
    expect(parseRange(text)).toBeUndefined();
  });

  it('read a mapped range as that of IPv4', () => {
    expect(parseRange('::ffff:10.0.0.0/104')).toEqual(parseRange('10.0.0.0/8'));
  });

  it('hold the addresses that the block list of Node holds', () => {
    const v4 = fc.ipV4();
    const v6 = fc.ipV6().filter((text) => parseAddress(text)?.family === 6);
    const cases = fc.oneof(
      fc.tuple(fc.constant('ipv4' as const), v4, v4, fc.integer({ min: 0, max: 32 })),
      fc.tuple(fc.constant('ipv6' as const), v6, v6, fc.integer({ min: 0, max: 128 })),
    );
    fc.assert(
      fc.property(cases, fc.boolean(), ([family, network, other, prefix], isNear) => {
        const asked = isNear ? network : other;
        const list = new BlockList();
        list.addSubnet(network, prefix, family);
        const [address, range] = [parseAddress(asked), parseRange(`${network}/${prefix}`)];
        expect(address !== undefined && range !== undefined && isInRange(address, range)).toBe(
          list.check(asked, family),
        );
      }),
    );
  });
});
