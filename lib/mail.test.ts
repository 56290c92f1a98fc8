import { expect, test } from 'vitest'
import { MailRefusal, readRefusal } from './mail.ts'

const failed = (facts: object) => Object.assign(new Error('550 <nn@kkr.example> no'), facts)

test.each([
  ['recipient-refused', true, { code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' }],
  ['recipient-refused', true, { code: 'EENVELOPE', command: 'API' }],
  ['message-refused', true, { code: 'EENVELOPE', responseCode: 550, command: 'MAIL FROM' }],
  ['message-refused', true, { code: 'EMESSAGE', responseCode: 554, command: 'DATA' }],
  ['deferred', false, { code: 'EENVELOPE', responseCode: 451, command: 'RCPT TO' }],
  ['deferred', false, { code: 'EMESSAGE', responseCode: 452, command: 'DATA' }],
  ['sign-in-refused', false, { code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' }],
  ['server-away', false, { code: 'ESOCKET', command: 'CONN' }],
  ['server-away', false, { code: 'EPROTOCOL', responseCode: 554, command: 'CONN' }],
  ['server-away', false, { code: 'EDNS' }],
  ['unexpected', false, {}],
])('%s (final: %s) of %o', (code, isFinal, facts) => {
  const refusal = readRefusal(failed(facts))
  expect(refusal).toMatchObject({ code, isFinal })
  expect(JSON.stringify(refusal) + refusal.stack).not.toContain('nn@kkr')
})

test('a refusal stays what it is', () => {
  const refusal = new MailRefusal('server-away')
  expect(readRefusal(refusal)).toBe(refusal)
  expect(readRefusal('gone')).toMatchObject({ code: 'unexpected' })
})
