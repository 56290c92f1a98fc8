import type { Account, AuthOptions, Profile, User } from 'next-auth'
import type { Provider } from 'next-auth/providers/index'
import { db } from '@/lib/db.ts'
import { type Env, env } from '@/lib/env.ts'
import type { Locale } from '@/lib/i18n/messages.ts'
import { log, withoutTokens } from '@/lib/log.ts'
import { signal } from '@/lib/signals.ts'
import { authAdapter } from './adapter.ts'
import { sessionCookieName, sessionSeconds } from './cookies.ts'
import { linkSeconds, sendSignInLink } from './mail.ts'
import { claimsSchema, oidcProvider, verifiedEmail } from './oidc.ts'
import { safeReturnPath } from './return-path.ts'
import { findDemoPerson, isDemoOn } from './service.ts'
import { admit, type Claim } from './sign-in.ts'

/** next-auth's options for one request, in whose language a sign-in mail is written. */
export function authOptions(locale: Locale): AuthOptions {
  const settings = env()
  const isSecure = settings.publicUrl.startsWith('https:')
  return {
    secret: settings.authSecret,
    useSecureCookies: isSecure,
    session: { strategy: 'jwt', maxAge: sessionSeconds },
    jwt: { maxAge: sessionSeconds },
    cookies: {
      sessionToken: {
        name: sessionCookieName(isSecure),
        options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure },
      },
    },
    pages: {
      signIn: '/log-ind',
      signOut: '/log-ind',
      error: '/log-ind',
      verifyRequest: '/log-ind?besked=sendt',
    },
    adapter: authAdapter(),
    providers: providers(settings, locale),
    callbacks: {
      signIn: ({ user, account, profile, email }) =>
        // Asking for a link is answered alike for everybody; the link itself is judged when it is used.
        email?.verificationRequest === true || isAdmitted(user, account, profile),
      redirect: ({ url, baseUrl }) => `${baseUrl}${safeReturnPath(url, baseUrl)}`,
      jwt: ({ token }) => ({ sub: token.sub }),
    },
    events: {
      signOut: async ({ token }) => {
        if (token?.sub) await signal(db(), { kind: 'signed-out', userId: token.sub })
      },
    },
    logger: {
      error: (code, metadata) => {
        const error = metadata instanceof Error ? metadata : metadata.error
        log.warn({ code, error: error.name, reason: withoutTokens(error.message) }, 'sign-in failed')
      },
      warn: (code) => log.warn({ code }, 'sign-in'),
      debug: () => {},
    },
  }
}

function providers(settings: Env, locale: Locale): Provider[] {
  const list: Provider[] = []
  if (isDemoOn())
    list.push({
      id: 'demo',
      name: 'Demo',
      type: 'credentials',
      credentials: { personId: {} },
      authorize: async (credentials) => findDemoPerson(credentials?.personId ?? ''),
    })
  if (settings.smtpUrl)
    list.push({
      id: 'email',
      name: 'Email',
      type: 'email',
      server: settings.smtpUrl,
      from: settings.mailFrom ?? '',
      maxAge: linkSeconds,
      options: {},
      sendVerificationRequest: ({ identifier, url }) =>
        sendSignInLink({ email: identifier, callbackUrl: url, locale }),
    })
  const oidc = oidcProvider(settings)
  if (oidc) list.push(oidc)
  return list
}

async function isAdmitted(
  user: User,
  account: Account | null,
  profile: Profile | undefined,
): Promise<boolean | string> {
  const claim = claimOf(user, account, profile)
  if (!claim) return false
  try {
    return await admit(claim)
  } catch (error) {
    // next-auth would put the error's message in the address bar.
    log.error({ err: error }, 'sign-in failed')
    return '/log-ind?error=Callback'
  }
}

function claimOf(user: User, account: Account | null, profile: Profile | undefined): Claim | null {
  switch (account?.provider) {
    case 'demo':
      return { by: 'demo', userId: user.id }
    case 'email':
      return user.email ? { by: 'email', email: user.email } : null
    case 'oidc': {
      const { provider, providerAccountId } = account
      return {
        by: 'oidc',
        account: { provider, providerAccountId },
        verifiedEmail: verifiedEmail(claimsSchema.parse(profile)),
      }
    }
    default:
      return null
  }
}
