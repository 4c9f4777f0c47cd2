import type { Caller } from '../access/index.js';
import type { Author } from '../store/index.js';

/** Who asks, as it is kept. */
export function authorOf({ kind, tokenId, name }: Pick<Caller, 'kind' | 'tokenId' | 'name'>): Author {
  return { kind, ...(tokenId === undefined ? {} : { tokenId }), ...(name === undefined ? {} : { name }) };
}
