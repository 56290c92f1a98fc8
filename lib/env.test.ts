import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { demoSignIn, readEnv, settings } from './env.ts'

const secret = 'x'.repeat(32)
const mail = { SMTP_URL: 'smtp://localhost:25', MAIL_FROM: 'dagsorden@example.org' }
const oidc = { OIDC_ISSUER: 'https://id.example.org', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' }

test('without any variable the embedded store on loopback is used, with demo sign-ins', () => {
  const answer = readEnv({})
  expect(answer).toMatchObject({
    ok: true,
    env: {
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:3000',
      dataDir: './data',
      databaseUrl: null,
      authSecret: null,
      demo: 'auto',
      syncMaxFrameBytes: 1_048_576,
    },
  })
  expect(answer.ok && demoSignIn(answer.env)).toBe(true)
})

test.each([
  ['an empty variable is an unset one', { PORT: '', HOST: ' ' }, { port: 3000, host: '127.0.0.1' }],
  ['the public address follows the port', { PORT: '4000' }, { publicUrl: 'http://127.0.0.1:4000' }],
  ['an IPv6 address is bracketed', { HOST: '::1' }, { publicUrl: 'http://[::1]:3000' }],
  ['a trailing slash is taken away', { ...mail, PUBLIC_URL: 'https://a.dk/' }, { publicUrl: 'https://a.dk' }],
  [
    'what a URL need not say is left out',
    { ...mail, PUBLIC_URL: 'HTTPS://A.dk:443' },
    { publicUrl: 'https://a.dk' },
  ],
  [
    'PostgreSQL with a secret',
    { DATABASE_URL: 'postgresql://h/d', AUTH_SECRET: secret },
    { authSecret: secret },
  ],
  [
    'a provider opens for other addresses',
    { HOST: '0.0.0.0', PUBLIC_URL: 'https://a.dk', ...oidc },
    { host: '0.0.0.0' },
  ],
])('%s', (_name, source, expected) => {
  expect(readEnv(source)).toMatchObject({ ok: true, env: expected })
})

test.each([
  [{ PORT: 'abc' }, /^PORT can't be "abc"\. The TCP port/],
  [{ PORT: '0' }, /^PORT/],
  [{ PORT: '70000' }, /^PORT/],
  [{ PUBLIC_URL: 'ftp://a.dk' }, /^PUBLIC_URL/],
  [{ PUBLIC_URL: 'https://a.dk/dagsorden' }, /^PUBLIC_URL can't be .* without a path/],
  [{ PUBLIC_URL: 'https://a.dk/?a=b' }, /^PUBLIC_URL can't be .* without a path/],
  [{ PUBLIC_URL: 'https://me:secret@a.dk' }, /^PUBLIC_URL can't be .* without a path/],
  [{ PUBLIC_URL: 'https://a.dk' }, /^Nobody could sign in: .* HOST and PUBLIC_URL on loopback/],
  [{ DATABASE_URL: 'mysql://h/d' }, /^DATABASE_URL/],
  [{ DATABASE_URL: 'postgresql://h/d' }, /^AUTH_SECRET is required/],
  [{ AUTH_SECRET: 'short' }, /^AUTH_SECRET can't be what it is set to/],
  [{ SMTP_URL: 'http://mail' }, /^SMTP_URL/],
  [{ SMTP_URL: mail.SMTP_URL }, /^MAIL_FROM is required/],
  [{ ...mail, MAIL_FROM: 'nobody' }, /^MAIL_FROM can't be "nobody"/],
  [{ OIDC_ISSUER: oidc.OIDC_ISSUER }, /^OIDC_CLIENT_ID and OIDC_CLIENT_SECRET/],
  [{ DEMO: 'on' }, /^DEMO/],
  [{ ROLE: 'pages' }, /^ROLE can't be "pages"/],
  [{ ROLE: 'web' }, /^ROLE=web needs DATABASE_URL/],
  [{ ROLE: 'sync' }, /^ROLE=sync needs DATABASE_URL/],
  [{ METRICS_TOKEN: 'short' }, /^METRICS_TOKEN can't be what it is set to/],
  [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL/],
  [{ SYNC_MAX_FRAME_BYTES: '-1' }, /^SYNC_MAX_FRAME_BYTES/],
  [{ STATEMENT_BODY: 'Et råd' }, /^STATEMENT_EMAIL, STATEMENT_STATUS and STATEMENT_DATE are required/],
  [{ STATEMENT_STATUS: 'partial' }, /^STATEMENT_SHORTCOMINGS is required with STATEMENT_STATUS=partial/],
  [{ STATEMENT_DATE: '27.11.2026' }, /^STATEMENT_DATE/],
  [{ HOST: '0.0.0.0' }, /^PUBLIC_URL is required when HOST is 0\.0\.0\.0/],
  [{ HOST: '0.0.0.0', PUBLIC_URL: 'https://a.dk' }, /^Nobody could sign in/],
  [{ DEMO: 'off' }, /^Nobody could sign in/],
])('%o stops the start', (source, sentence) => {
  const answer = readEnv(source)
  expect(answer.ok ? '' : answer.sentence).toMatch(sentence)
})

test('a secret or an address with a password is never repeated in the sentence', () => {
  const answer = readEnv({ DATABASE_URL: 'mysql://user:hunter2@h/d' })
  expect(JSON.stringify(answer)).not.toContain('hunter2')
})

test.each([
  ['no provider, on loopback', {}, true],
  ['localhost', { HOST: 'localhost' }, true],
  ['a public address that is loopback', { PUBLIC_URL: 'http://localhost:4000' }, true],
  ['a public address that is loopback by IPv6', { HOST: '::1', PUBLIC_URL: 'http://[::1]:3000' }, true],
  ['a proxy in front of loopback', { PUBLIC_URL: 'https://a.dk' }, false],
  ['a proxy that only looks like loopback', { PUBLIC_URL: 'https://localhost.a.dk' }, false],
  ['a mail server', mail, false],
  ['an identity provider', oidc, false],
  ['another address', { HOST: '0.0.0.0', PUBLIC_URL: 'https://a.dk', ...mail }, false],
  [
    'a name that only looks like loopback',
    { HOST: '127.evil.dk', PUBLIC_URL: 'https://a.dk', ...mail },
    false,
  ],
  ['turned off', { DEMO: 'off', ...mail }, false],
])('demo sign-ins with %s: %s → %s', (_name, source, allowed) => {
  const answer = readEnv(source)
  expect(answer.ok && demoSignIn(answer.env)).toBe(allowed)
})

test('docs/running.md explains every setting', () => {
  const page = readFileSync(new URL('../docs/running.md', import.meta.url), 'utf8')
  expect(Object.keys(settings).filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})
