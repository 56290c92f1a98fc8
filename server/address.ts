import type { IncomingMessage } from 'node:http'

/**
 * The network address a request comes from. With so many proxies in front, it is the one the outermost of them saw;
 * what stands before it in X-Forwarded-For anybody may have written there.
 */
export function addressOf(
  { headers, socket }: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } },
  proxies: number,
): string {
  const told = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',')
  const path = [...told.map((address) => address.trim()).filter(Boolean), socket.remoteAddress ?? '']
  const address = path[Math.max(0, path.length - 1 - proxies)] ?? ''
  return address.replace(/^::ffff:/, '')
}
