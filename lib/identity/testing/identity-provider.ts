import { createServer } from 'node:http'
import { Provider } from 'oidc-provider'
import { site } from './browser.ts'

/** What the provider says of one of its accounts. */
export type ProviderPerson = { sub: string; email: string; email_verified: boolean }

/** A real OpenID provider in the test's process. */
export type IdentityProvider = {
  issuer: string
  client: { id: string; secret: string }
  /** The accounts; change them as a test needs. */
  people: Map<string, ProviderPerson>
  /** Signs in at the provider as the person would, and answers the address it leads back to. */
  signIn: (authorizationUrl: string, sub: string) => Promise<string>
  close: () => Promise<void>
}

const client = { id: 'dagsorden', secret: 'a secret shared by the tests' }

/**
 * Opens an OpenID provider on a free port of loopback. The address comes in the ID token, or, as the standard has it,
 * at the userinfo endpoint only.
 */
export async function openIdentityProvider(email: 'in-id-token' | 'at-userinfo'): Promise<IdentityProvider> {
  const people = new Map<string, ProviderPerson>()
  const server = createServer()
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The provider has no port')
  const issuer = `http://127.0.0.1:${address.port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [`${site}/api/auth/callback/oidc`],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['a key of the tests'] },
    conformIdTokenClaims: email === 'at-userinfo',
    findAccount: (_context, id) => {
      const person = people.get(id)
      return person && { accountId: id, claims: () => person }
    },
  })
  server.on('request', provider.callback())

  const close = () => new Promise<void>((closed) => server.close(() => closed()))
  return { issuer, client, people, signIn: walk, close }
}

/** Follows redirects and presses the buttons of the provider's pages until it leads back to the site. */
async function walk(authorizationUrl: string, sub: string): Promise<string> {
  const jar = new Map<string, string>()
  let address = authorizationUrl
  let body: URLSearchParams | null = null
  for (let step = 0; step < 12; step += 1) {
    const response = await fetch(address, {
      method: body ? 'POST' : 'GET',
      body,
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = line.match(/^([^=]+)=([^;]*)/) ?? []
      jar.set(name, value)
    }
    const location = response.headers.get('location')
    if (location) {
      address = new URL(location, address).href
      body = null
      if (address.startsWith(site)) return address
    } else {
      const prompt = (await response.text()).match(/name="prompt" value="(\w+)"/)?.[1]
      if (!prompt) throw new Error(`The provider answered ${response.status}`)
      body = new URLSearchParams({ prompt, login: sub, password: 'x' })
    }
  }
  throw new Error('The provider never led back')
}
