import { expect, test } from 'vitest'
import { addressOf } from './address.ts'

test.each([
  ['nobody in front, whatever is said', 0, '9.9.9.9', '10.0.0.1', '10.0.0.1'],
  ['one in front says whom it saw', 1, '1.2.3.4', '10.0.0.1', '1.2.3.4'],
  ['what the browser itself claims does not count', 1, '9.9.9.9, 1.2.3.4', '10.0.0.1', '1.2.3.4'],
  ['two in front', 2, '9.9.9.9, 1.2.3.4, 10.0.0.2', '10.0.0.1', '1.2.3.4'],
  ['one in front that says nothing', 1, undefined, '10.0.0.1', '10.0.0.1'],
  ['IPv4 in the dress of IPv6', 0, undefined, '::ffff:10.0.0.1', '10.0.0.1'],
])('[R18] %s', (_name, proxies, told, remoteAddress, address) => {
  const headers = told === undefined ? {} : { 'x-forwarded-for': told }
  expect(addressOf({ headers, socket: { remoteAddress } }, proxies)).toBe(address)
})
