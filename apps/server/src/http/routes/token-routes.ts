import { inject, injectable } from 'inversify';
import { TokenBeyondError, TokenStoreService, TokenUnknownError, scopesAllow } from '../../access/index.js';
import type { Caller, TokenStore, TokenWish } from '../../access/index.js';
import { handled } from '../../api/index.js';
import type { ApiRoutes, HandledOperation } from '../../api/index.js';
import { createToken, listTokens, revokeToken } from '../../api/operations/server-operations.js';

/** Tokens are listed, made and revoked. */
@injectable()
export class TokenRoutes implements ApiRoutes {
  constructor(@inject(TokenStoreService) private readonly tokens: TokenStore) {}

  operations(): readonly HandledOperation[] {
    return [
      handled(listTokens, () => ({ tokens: this.tokens.list().map((token) => ({ ...token })) })),
      handled(createToken, ({ body, caller, response }) => {
        requireWithin(body, caller, caller.tokenId === undefined ? undefined : this.tokens.find(caller.tokenId));
        const token = this.tokens.create(body);
        response.set('Cache-Control', 'no-store').location(`/api/v1/tokens/${token.id}`);
        return token;
      }),
      handled(revokeToken, ({ params: { token } }) => {
        if (!this.tokens.revoke(token)) throw new TokenUnknownError({ token });
      }),
    ];
  }
}

/** Nobody gives what they do not have. @param own - the token that asks, where one does. @throws TokenBeyondError */
export function requireWithin(
  { scopes, expiresAt }: Pick<TokenWish, 'scopes' | 'expiresAt'>,
  { scopes: held }: Pick<Caller, 'scopes'>,
  own: { readonly expiresAt?: string | undefined } | undefined,
): void {
  const more = scopes.find((scope) => !scopesAllow(held, scope));
  if (more !== undefined) throw new TokenBeyondError({ what: `the scope "${more}"`, held: `"${held.join('", "')}"` });
  if (own?.expiresAt === undefined) return;
  if (expiresAt === undefined || Date.parse(expiresAt) > Date.parse(own.expiresAt))
    throw new TokenBeyondError({
      what: expiresAt ?? 'a token that does not end',
      held: `its own end, ${own.expiresAt}`,
    });
}
