import { isIPv4, isIPv6 } from 'node:net';

/** An IP address as a number. An IPv4 address that is written as IPv6 (`::ffff:10.0.0.1`) is the IPv4 address. */
export interface IpAddress {
  readonly family: 4 | 6;
  /** 32 or 128 bits. */
  readonly bits: bigint;
}

/** All addresses that share their first `prefix` bits. */
export interface IpRange extends IpAddress {
  readonly prefix: number;
}

const MAPPED_IPV4 = 0xffffn;

/** Reads an address in dotted or in colon form, with or without brackets and zone; undefined for anything else. */
export function parseAddress(text: string): IpAddress | undefined {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  if (isIPv4(bare)) return { family: 4, bits: bitsOfIpv4(bare) };
  const [address = ''] = bare.split('%'); // the zone names a network card, not an address
  if (!isIPv6(address)) return undefined;
  const bits = bitsOfIpv6(address);
  return bits >> 32n === MAPPED_IPV4 ? { family: 4, bits: bits & 0xffff_ffffn } : { family: 6, bits };
}

/** Reads `10.0.0.0/8`, `fd00::/8`, or a single address; undefined for anything else. */
export function parseRange(text: string): IpRange | undefined {
  const [addressText = '', prefixText, ...rest] = text.split('/');
  const address = parseAddress(addressText);
  if (address === undefined || rest.length > 0) return undefined;
  const whole = widthOf(address);
  if (prefixText === undefined) return { ...address, prefix: whole };
  if (!/^\d{1,3}$/.test(prefixText)) return undefined;
  // A prefix counts the bits as written, so that of a mapped IPv4 address begins behind the 96 that it leaves out.
  const prefix = Number(prefixText) - (address.family === 4 && addressText.includes(':') ? 96 : 0);
  return prefix >= 0 && prefix <= whole ? { ...address, prefix } : undefined;
}

/** True where the address lies in the range. */
export function isInRange(address: IpAddress, range: IpRange): boolean {
  if (address.family !== range.family) return false;
  const rest = BigInt(widthOf(range) - range.prefix);
  return address.bits >> rest === range.bits >> rest;
}

/** True for 127.0.0.0/8 and ::1. */
export function isLoopbackAddress(address: IpAddress): boolean {
  return LOOPBACK.some((range) => isInRange(address, range));
}

/** True for addresses of the open internet: neither loopback, private, link-local, shared, reserved nor multicast. */
export function isPublicAddress(address: IpAddress): boolean {
  if (address.family === 4) return !SPECIAL_IPV4.some((range) => isInRange(address, range));
  return isInRange(address, GLOBAL_IPV6) && !SPECIAL_IPV6.some((range) => isInRange(address, range));
}

function widthOf({ family }: IpAddress): number {
  return family === 4 ? 32 : 128;
}

function bitsOfIpv4(text: string): bigint {
  return text.split('.').reduce((bits, part) => (bits << 8n) | BigInt(Number(part)), 0n);
}

function bitsOfIpv6(text: string): bigint {
  // A dotted end stands for the last two groups.
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const [, head = '', tail = ''] = dotted ?? [];
  const tailBits = dotted === null ? 0n : bitsOfIpv4(tail);
  const colons =
    dotted === null ? text : `${head}${(tailBits >> 16n).toString(16)}:${(tailBits & 0xffffn).toString(16)}`;
  const [left = '', right] = colons.split('::');
  const leftGroups = groupsOf(left);
  const rightGroups = right === undefined ? [] : groupsOf(right);
  const zeros = Array.from({ length: 8 - leftGroups.length - rightGroups.length }, () => 0n);
  return [...leftGroups, ...zeros, ...rightGroups].reduce((bits, group) => (bits << 16n) | group, 0n);
}

function groupsOf(text: string): bigint[] {
  return text === '' ? [] : text.split(':').map((group) => BigInt(`0x${group}`));
}

function ranges(...texts: readonly string[]): IpRange[] {
  return texts.map(parseRange).filter((range) => range !== undefined);
}

const LOOPBACK = ranges('127.0.0.0/8', '::1');
/** IANA IPv4 Special-Purpose Address Registry, and multicast. @see https://www.iana.org/assignments/iana-ipv4-special-registry */
const SPECIAL_IPV4 = ranges(
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16', // link-local, and where clouds tell their machines' credentials
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
);
/** All of IPv6 that is given out for the open internet; loopback, unique-local, link-local, NAT64 and so on lie outside. */
const [GLOBAL_IPV6 = { family: 6, bits: 1n << 125n, prefix: 3 } as const] = ranges('2000::/3');
/** What in it leads elsewhere: Teredo and its kin, documentation, and 6to4, which carries an IPv4 address. */
const SPECIAL_IPV6 = ranges('2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20');
