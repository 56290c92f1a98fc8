import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { type Env, isLoopback } from '@/lib/env.ts'
import { log } from '@/lib/log.ts'
import type { HealthCheck } from './health.ts'
import { isKnownHost } from './known-host.ts'

/** What stands behind the door of a process. */
export type Behind = {
  env: Env
  health: HealthCheck
  /** All figures of this process in Prometheus's text format. */
  metrics: () => Promise<string>
  /** Takes every request that is not the door's own; whoever comes where there are no pages was sent wrong. */
  pages: RequestListener | undefined
}

/** Answers what a process says of itself and gives all else to the pages; `/sync/` never comes here. */
export function openDoor(behind: Behind): RequestListener {
  const { env, health, pages } = behind
  return (request, response) => {
    if (!isKnownHost(request.headers.host, env)) return void response.writeHead(421).end()
    switch (request.url?.split('?', 1)[0]) {
      case '/api/health/live':
        return say(response, { status: 'alive' })
      case '/api/health':
        return void health.read().then((read) => say(response, read, read.status === 'ready' ? 200 : 503))
      case '/api/metrics':
        return void answerMetrics(behind, request, response)
      default:
        return pages ? pages(request, response) : say(response, { code: 'not-found' }, 404)
    }
  }
}

function say(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}

async function answerMetrics(
  { env, metrics }: Behind,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!mayReadMetrics(request, env.metricsToken)) return say(response, { code: 'forbidden' }, 403)
  try {
    const text = await metrics()
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text)
  } catch (err) {
    log.error({ err }, 'the metrics could not be read')
    say(response, { code: 'unexpected' }, 500)
  }
}

/**
 * May this request read the metrics? With a token: who knows it. Without: only this machine, and not a proxy on it,
 * which would let everybody in.
 */
export function mayReadMetrics(request: IncomingMessage, token: string | null): boolean {
  const { authorization = '', host = '', ...headers } = request.headers
  if (token !== null) return isSame(authorization, `Bearer ${token}`)
  const isPassedOn = ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'].some((name) => headers[name])
  const isNamed = URL.canParse(`http://${host}`) && isLoopback(new URL(`http://${host}`).hostname)
  const address = request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? ''
  return !isPassedOn && isNamed && isLoopback(address)
}

function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}
