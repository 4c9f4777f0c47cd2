import { z } from 'zod';
import { readUrl } from '@kinegraph/core';
import { isNetworkEntry, parseAddress, parseRange } from '@kinegraph/core/node';

/** Marks in a schema what `--print-config` and logs must not show. */
export const SECRET = { secret: true } as const;

/** The format of texts that are paths: relative ones are resolved against where they were written. */
export const PATH_FORMAT = 'path';

const HOST_NAME = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)*[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;

/** A path of a file or folder. A NUL would end it for the system, but not for the checks before. */
export const PathText = z
  .string()
  .min(1)
  .max(4096)
  .refine((text) => !text.includes('\0'))
  .meta({ format: PATH_FORMAT });

/** What browsers send as `Origin`: scheme, host and port, in the canonical spelling. */
export const Origin = z
  .string()
  .max(300)
  .refine(isOrigin)
  .meta({ format: 'web-origin', examples: ['https://studio.example'] });

/** A host name or IP address, without a port. */
export const Host = z
  .string()
  .max(253)
  .refine((text) => HOST_NAME.test(text) || parseAddress(text) !== undefined)
  .meta({ format: 'host', examples: ['127.0.0.1', '0.0.0.0', '::', 'camera-server.lan'] });

/** An IP address or a range of them. */
export const Cidr = z
  .string()
  .max(100)
  .refine((text) => parseRange(text) !== undefined)
  .meta({ format: 'address-or-range', examples: ['10.0.0.2', '10.0.0.0/8'] });

/** A host name, all names below one, an address, a range, or a device. */
export const NetworkTarget = z
  .string()
  .max(1010)
  .refine(isNetworkEntry)
  .meta({
    format: 'network-target',
    examples: ['camera.example', '*.example.com', '192.168.4.0/24', 'device:/dev/video0'],
  });

function isOrigin(text: string): boolean {
  const url = readUrl(text);
  if (url === undefined) return false;
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.origin === text;
}
