import { expect, test } from 'vitest'
import { type Env, readEnv } from '@/lib/env.ts'
import { isKnownHost } from './known-host.ts'

function settings(source: Record<string, string>): Env {
  const answer = readEnv(source)
  if (!answer.ok) throw new Error(answer.sentence)
  return { ...answer.env, authSecret: 'x'.repeat(32) }
}

test.each([
  ['127.0.0.1:3000', true],
  ['localhost:3000', true],
  ['localhost', true],
  ['[::1]:3000', true],
  ['LOCALHOST:4000', true],
  ['ond.example:3000', false],
  ['localhost.ond.example:3000', false],
  ['127.0.0.1.ond.example', false],
  ['a b', false],
  ['', false],
  [undefined, false],
])('with demo sign-ins %s is this machine: %s', (host, isKnown) => {
  expect(isKnownHost(host, settings({}))).toBe(isKnown)
})

test('without demo sign-ins the proxy in front decides', () => {
  const mail = {
    SMTP_URL: 'smtp://mail.test',
    MAIL_FROM: 'a@b.test',
    PUBLIC_URL: 'https://dagsorden.example',
  }
  expect(isKnownHost('dagsorden.example', settings(mail))).toBe(true)
  expect(isKnownHost(undefined, settings(mail))).toBe(true)
})
