import { z } from 'zod'

const port = z.coerce.number().int().min(1).max(65_535)
const count = z.coerce.number().int().min(1)
const webUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''))
// Cookies, links and the WebSocket's origin belong to a whole host: a path, a query or a password would be ignored.
const siteUrl = z
  .url({ protocol: /^https?$/ })
  .refine((url) => new URL(url).href === `${new URL(url).origin}/`)
  .transform((url) => new URL(url).origin)

/** Every setting: what it is, what it may be, and what it is when unset (null where nothing is). */
export const settings = {
  ROLE: setting(
    z.enum(['all', 'web', 'sync']),
    'all',
    'all: pages and sync server; web: the pages alone; sync: the sync server alone; the last two need DATABASE_URL.',
  ),
  PORT: setting(port, 3000, 'The TCP port to listen on, 1–65535.'),
  HOST: setting(z.string(), '127.0.0.1', 'The address to listen on.'),
  PUBLIC_URL: setting(
    siteUrl,
    null,
    'The address people open, http(s)://host or http(s)://host:port without a path; http://HOST:PORT when unset on loopback.',
  ),
  DATA_DIR: setting(z.string(), './data', 'The folder of the embedded database and the generated secret.'),
  DATABASE_URL: setting(
    z.url({ protocol: /^postgres(ql)?$/ }),
    null,
    'A PostgreSQL server, postgresql://…, instead of the embedded database.',
  ),
  AUTH_SECRET: setting(
    z.string().min(32),
    null,
    'The secret sessions are sealed with, 32 characters or more; kept in DATA_DIR when unset, required with DATABASE_URL.',
  ),
  SMTP_URL: setting(
    z.url({ protocol: /^smtps?$/ }),
    null,
    'The mail server for sign-in links and notices, smtp://… or smtps://….',
  ),
  MAIL_FROM: setting(z.string().regex(/@/), null, 'The sender of mail; required with SMTP_URL.'),
  OIDC_ISSUER: setting(webUrl, null, 'The identity provider’s issuer address.'),
  OIDC_CLIENT_ID: setting(
    z.string(),
    null,
    'The name the identity provider knows this product by; required with OIDC_ISSUER.',
  ),
  OIDC_CLIENT_SECRET: setting(
    z.string(),
    null,
    'The secret shared with the identity provider; required with OIDC_ISSUER.',
  ),
  OIDC_NAME: setting(z.string(), 'OpenID Connect', 'What the sign-in button calls the identity provider.'),
  DEMO: setting(
    z.enum(['auto', 'off']),
    'auto',
    'auto: demo body and demo sign-ins, only with HOST and PUBLIC_URL on loopback and without a sign-in provider; off: never.',
  ),
  LOG_LEVEL: setting(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']),
    'info',
    'The least serious line that is logged: fatal, error, warn, info, debug or silent.',
  ),
  METRICS_TOKEN: setting(
    z.string().min(16),
    null,
    'What /api/metrics asks for as a bearer token, 16 characters or more; when unset it answers this machine only.',
  ),
  SYNC_MAX_FRAME_BYTES: setting(
    count,
    1_048_576,
    'The largest WebSocket frame taken from a browser, in bytes.',
  ),
  SYNC_MAX_FRAMES_PER_SECOND: setting(count, 200, 'How many frames a second one connection may send.'),
  SYNC_MAX_BYTES_PER_SECOND: setting(count, 4_194_304, 'How many bytes a second one connection may send.'),
  SYNC_MAX_DOCUMENT_BYTES: setting(
    count,
    8_388_608,
    'How large an item’s document may grow, in bytes; then only deletions are taken.',
  ),
  SYNC_MAX_BUFFERED_BYTES: setting(
    count,
    16_777_216,
    'How far behind a slow reader may fall before it is closed, in bytes.',
  ),
  SYNC_MAX_QUEUED_FRAMES: setting(
    count,
    100_000,
    'How many frames may wait for the database before nobody may write until it has caught up.',
  ),
  SYNC_MAX_QUEUED_BYTES: setting(count, 67_108_864, 'The same in bytes.'),
  SYNC_MAX_CONNECTIONS: setting(count, 2000, 'How many WebSocket connections are held at once.'),
  SYNC_MAX_CONNECTIONS_PER_ADDRESS: setting(
    count,
    1000,
    'How many of them may come from one network address; a whole town hall may share one.',
  ),
  SYNC_MAX_CONNECTIONS_PER_PERSON: setting(
    count,
    200,
    'How many of them one person may have; a window has one for each item near the screen.',
  ),
  SYNC_MAX_CONNECTIONS_PER_ROOM: setting(count, 600, 'How many of them may be in one item or meeting.'),
  STATEMENT_BODY: setting(
    z.string().max(200),
    null,
    'Whose accessibility statement /tilgaengelighed is: the public body as its name is written.',
  ),
  STATEMENT_EMAIL: setting(
    z.email(),
    null,
    'Where people write about what is not accessible; required with STATEMENT_BODY.',
  ),
  STATEMENT_PHONE: setting(z.string().max(40), null, 'Where people call about it.'),
  STATEMENT_STATUS: setting(
    z.enum(['full', 'partial', 'none']),
    null,
    'What the last assessment found: full, partial or none, of WCAG 2.1 AA; required with STATEMENT_BODY.',
  ),
  STATEMENT_DATE: setting(
    z.iso.date(),
    null,
    'The day of that assessment, such as 2026-11-27; required with STATEMENT_BODY.',
  ),
  STATEMENT_METHOD: setting(
    z.enum(['self', 'third-party']),
    'self',
    'Who made it: self, the body itself; third-party, somebody else.',
  ),
  STATEMENT_SHORTCOMINGS: setting(
    z.string().max(5000),
    null,
    'What is not accessible and why, in the body’s own words; required where STATEMENT_STATUS is partial or none.',
  ),
  PROXIES: setting(
    z.coerce.number().int().min(0),
    0,
    'How many proxies stand in front and add the address they see to X-Forwarded-For.',
  ),
} as const

/** The settings as the product uses them; null where one is unset and has no default. */
export type Env = {
  role: 'all' | 'web' | 'sync'
  port: number
  host: string
  publicUrl: string
  dataDir: string
  databaseUrl: string | null
  authSecret: string
  smtpUrl: string | null
  mailFrom: string | null
  oidcIssuer: string | null
  oidcClientId: string | null
  oidcClientSecret: string | null
  oidcName: string
  demo: 'auto' | 'off'
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent'
  metricsToken: string | null
  syncMaxFrameBytes: number
  syncMaxFramesPerSecond: number
  syncMaxBytesPerSecond: number
  syncMaxDocumentBytes: number
  syncMaxBufferedBytes: number
  syncMaxQueuedFrames: number
  syncMaxQueuedBytes: number
  syncMaxConnections: number
  syncMaxConnectionsPerAddress: number
  syncMaxConnectionsPerPerson: number
  syncMaxConnectionsPerRoom: number
  proxies: number
  statementBody: string | null
  statementEmail: string | null
  statementPhone: string | null
  statementStatus: 'full' | 'partial' | 'none' | null
  statementDate: string | null
  statementMethod: 'self' | 'third-party'
  statementShortcomings: string | null
}

/** The settings before the secret is settled: null means that one is to be kept in the data folder. */
export type UnsealedEnv = Omit<Env, 'authSecret'> & { authSecret: string | null }

/** The settings, or one sentence that says what is wrong with them. */
export type EnvAnswer = { ok: true; env: UnsealedEnv } | { ok: false; sentence: string }

/** Reads the settings from the variables of an environment; an empty variable counts as unset. */
export function readEnv(source: Record<string, string | undefined>): EnvAnswer {
  const values: Record<string, unknown> = {}
  for (const [name, { schema, fallback, about }] of Object.entries(settings)) {
    const given = source[name]?.trim()
    const parsed = given ? schema.safeParse(given) : { success: true as const, data: fallback }
    if (!parsed.success) return { ok: false, sentence: `${name} can't be ${quote(name, given)}. ${about}` }
    values[camelCase(name)] = parsed.data
  }
  const env = values as Omit<UnsealedEnv, 'publicUrl'> & { publicUrl: string | null }
  const sentence = contradiction(env)
  if (sentence) return { ok: false, sentence }
  return { ok: true, env: { ...env, publicUrl: env.publicUrl ?? `http://${bracket(env.host)}:${env.port}` } }
}

type DemoSettings = Pick<Env, 'demo' | 'host' | 'smtpUrl' | 'oidcIssuer'> & { publicUrl: string | null }

/**
 * Are the demo body and its sign-ins allowed? Only where nobody else can reach them, nor by a proxy in front of
 * loopback, and nobody else can sign in.
 */
export function demoSignIn({ demo, host, publicUrl, smtpUrl, oidcIssuer }: DemoSettings): boolean {
  const isPrivate = isLoopback(host) && (publicUrl === null || isLoopback(new URL(publicUrl).hostname))
  return demo === 'auto' && isPrivate && !smtpUrl && !oidcIssuer
}

function contradiction(env: Omit<UnsealedEnv, 'publicUrl'> & { publicUrl: string | null }): string | null {
  if (env.role !== 'all' && !env.databaseUrl)
    return `ROLE=${env.role} needs DATABASE_URL: the embedded database serves one process, with ROLE=all.`
  if (env.databaseUrl && !env.authSecret)
    return `AUTH_SECRET is required with DATABASE_URL. ${settings.AUTH_SECRET.about}`
  if (env.smtpUrl && !env.mailFrom) return `MAIL_FROM is required with SMTP_URL. ${settings.MAIL_FROM.about}`
  if (env.oidcIssuer && !(env.oidcClientId && env.oidcClientSecret))
    return 'OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are required with OIDC_ISSUER.'
  if (!env.publicUrl && !isLoopback(env.host))
    return `PUBLIC_URL is required when HOST is ${env.host}: sign-in and the WebSocket check the address people open.`
  if (env.statementBody && !(env.statementEmail && env.statementStatus && env.statementDate))
    return 'STATEMENT_EMAIL, STATEMENT_STATUS and STATEMENT_DATE are required with STATEMENT_BODY.'
  if (env.statementStatus && env.statementStatus !== 'full' && !env.statementShortcomings)
    return `STATEMENT_SHORTCOMINGS is required with STATEMENT_STATUS=${env.statementStatus}.`
  if (!demoSignIn(env) && !env.smtpUrl && !env.oidcIssuer)
    return 'Nobody could sign in: set SMTP_URL or OIDC_ISSUER, or leave DEMO on auto and HOST and PUBLIC_URL on loopback.'
  return null
}

/** Does this name or address, without a port, mean this very machine and nothing else? */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
}

function bracket(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

function quote(name: string, value: string | undefined): string {
  const isSecret = /SECRET|TOKEN|URL/.test(name)
  return isSecret ? 'what it is set to' : JSON.stringify(value)
}

function camelCase(name: string): string {
  return name.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function setting(schema: z.ZodType, fallback: string | number | null, about: string) {
  return { schema, fallback, about }
}

// The custom server and Next's bundles each load their own copy of this file; the settings are one per process.
const key = Symbol.for('dagsorden.env')
const holder = globalThis as { [key]?: Env }

/** The settings of this process. Throws when they are wrong or the secret is not settled: the start sees to both. */
export function env(): Env {
  holder[key] ??= fromProcess()
  return holder[key]
}

/** Settles the settings of this process, and tells next-auth those it reads by itself. */
export function setEnv(env: Env): void {
  holder[key] = env
  process.env.NEXTAUTH_URL = env.publicUrl
  process.env.NEXTAUTH_SECRET = env.authSecret
}

function fromProcess(): Env {
  const answer = readEnv(process.env)
  if (!answer.ok) throw new Error(answer.sentence)
  const { authSecret } = answer.env
  if (!authSecret) throw new Error('AUTH_SECRET is not settled')
  return { ...answer.env, authSecret }
}

/** Reads this process's environment as settings. */
export function readProcessEnv(): EnvAnswer {
  return readEnv(process.env)
}

/** The environment for a child process: this process's own, with the given changes. */
export function childEnvironment(changes: Record<string, string | undefined>): NodeJS.ProcessEnv {
  return { ...process.env, ...changes }
}

/** What only tests and scripts read: a PostgreSQL server to test on, and a browser to test with. */
export function toolEnvironment(): {
  TEST_DATABASE_URL?: string | undefined
  CHROMIUM_PATH?: string | undefined
} {
  const { TEST_DATABASE_URL, CHROMIUM_PATH } = process.env
  return { TEST_DATABASE_URL, CHROMIUM_PATH }
}

/** Tells the libraries that read the environment by themselves how this process runs; call it before loading Next. */
export function prepareRuntime({ isDev }: { isDev: boolean }): void {
  Object.assign(process.env, { NODE_ENV: isDev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' })
}
