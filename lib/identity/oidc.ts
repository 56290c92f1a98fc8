import type { OAuthConfig } from 'next-auth/providers/oauth'
import { z } from 'zod'
import type { Env } from '@/lib/env.ts'

/** What an identity provider says of a person. Some send `email_verified` as text. */
export const claimsSchema = z.object({
  sub: z.string().min(1),
  email: z.string().optional(),
  email_verified: z.union([z.boolean(), z.stringbool()]).optional(),
})

/** The checked claims of an ID token; `sub` names the account at the provider and is never empty. */
export type Claims = z.infer<typeof claimsSchema>

/** The address the provider vouches for, or null: an address it did not verify proves nothing. */
export function verifiedEmail(claims: Claims): string | null {
  return claims.email_verified === true ? (claims.email ?? null) : null
}

/** The identity provider as next-auth wants it, or null when none is configured. */
export function oidcProvider(env: Env): OAuthConfig<Claims> | null {
  if (!env.oidcIssuer || !env.oidcClientId || !env.oidcClientSecret) return null
  return {
    id: 'oidc',
    name: env.oidcName,
    type: 'oauth',
    wellKnown: `${env.oidcIssuer}/.well-known/openid-configuration`,
    clientId: env.oidcClientId,
    clientSecret: env.oidcClientSecret,
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    authorization: { params: { scope: 'openid email profile' } },
    httpOptions: { timeout: 10_000 },
    userinfo: {
      // Many providers put the address in the ID token; the standard only promises it at the userinfo endpoint.
      request: async ({ client, tokens }) => {
        const claims = claimsOf(tokens.id_token)
        if (claims.email !== undefined || !tokens.access_token) return claims
        const more = claimsSchema.parse(await client.userinfo(tokens.access_token))
        if (more.sub !== claims.sub) throw new Error('The userinfo is about somebody else')
        return more
      },
    },
    profile: (claims) => ({ id: claims.sub, email: claims.email?.toLowerCase() ?? null }),
  }
}

/** Reads an ID token whose signature, issuer, audience and nonce next-auth has checked. */
function claimsOf(idToken: string | undefined): Claims {
  const payload = idToken?.split('.')[1] ?? ''
  return claimsSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
}
