import type { RequestHandler } from 'express';
import type { LogFields, Logger } from '@kinegraph/core';

/** What requests are about, by their path. */
const ABOUT = /^\/api\/v1\/runs\/(?<run>[^/]+)(?:\/(?:nodes|sources)\/(?<node>[^/]+))?/;

/** Tells of each request once it is over, for those who look for a fault: level `debug`. */
export function requestLog(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const begunMs = performance.now();
    const { method, originalUrl } = request;
    response.once('close', () => {
      const ms = Math.round((performance.now() - begunMs) * 10) / 10;
      const url = loggableUrl(originalUrl);
      const { statusCode: status, writableFinished: isWhole } = response;
      const end = isWhole ? '' : ', left by the client';
      logger.debug(`${method} ${url}: ${status} after ${ms} ms${end}`, {
        ...aboutOf(url),
        method,
        url,
        status,
        ms,
        isWhole,
      });
    });
    next();
  };
}

/** The run and the node that a path names. */
export function aboutOf(url: string): LogFields {
  const { run, node } = ABOUT.exec(url.replace(/\?.*$/, ''))?.groups ?? {};
  return { ...(run === undefined ? {} : { run }), ...(node === undefined ? {} : { node }) };
}

/** Path and query of a request without what may hold a token, or the credentials of an address that was given whole. */
export function loggableUrl(url: string): string {
  const path = url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '');
  const query = path.indexOf('?');
  if (query === -1) return path;
  const parameters = new URLSearchParams(path.slice(query + 1));
  for (const name of new Set(parameters.keys())) if (/token/i.test(name)) parameters.delete(name);
  const rest = parameters.toString();
  return rest === '' ? path.slice(0, query) : `${path.slice(0, query)}?${rest}`;
}
