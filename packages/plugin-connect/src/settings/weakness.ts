import type { Logger } from '@kinegraph/core/plugin';

/** Says in the log what is not protected as it could be. */
export function warnOfWeakness(receiver: {
  readonly receiver: string;
  readonly url: URL;
  readonly insecure: boolean;
  /** Whether a password, a token or the like is sent. */
  readonly hasSecret: boolean;
  readonly logger: Logger;
}): void {
  const { receiver: name, url, insecure, hasSecret, logger } = receiver;
  const isPlain = url.protocol === 'http:' || url.protocol === 'mqtt:';
  if (insecure && !isPlain)
    logger.warn(
      `"${name}" is set to "insecure": any certificate is trusted, so whoever is in between can read and change ` +
        'what is sent. Name its authority in "ca" or "caFile" instead.',
    );
  if (isPlain && hasSecret && !isLoopback(url.hostname))
    logger.warn(
      `What proves who we are to "${name}" is sent unencrypted. Use ${url.protocol.slice(0, -1)}s:// where it can.`,
    );
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
