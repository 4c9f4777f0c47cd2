import { hideInText } from '../logging/hide-secrets.js';

/**
 * A JSON value with the secrets in its texts hidden, as logs hide them: graphs may hold those of cameras, and whoever may look
 * at a run need not be who may use its cameras.
 */
export function withoutCredentials<T>(value: T): T {
  return cleaned(value) as T; // the same shape; only texts differ
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return hideInText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleaned(inner)]));
}
