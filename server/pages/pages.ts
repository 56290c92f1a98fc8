import type { IncomingMessage, RequestListener, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { UnsealedEnv } from '@/lib/env.ts'
import { PageChild } from './child.ts'
import { type HostedPages, hostPages } from './host.ts'
import type { Serve } from './messages.ts'
import { PageMetrics } from './metrics.ts'

/** The pages as the process with the door sees them, wherever they run. */
export type Pages = {
  /** Says what to serve; until then, and while the pages start, requests are answered with 503 or wait. */
  serve(given: Omit<Serve, 'kind'>): void
  /** Resolves when the pages answer for the first time; rejects when they can't. */
  answers: Promise<void>
  readonly isReady: boolean
  handle: RequestListener
  /** Takes an upgrade under /_next/, of development only. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Their figures in Prometheus's text format. */
  metrics(): Promise<string>
  stop(): Promise<void>
}

type Wanted = { server: Server; env: UnsealedEnv; isDev: boolean }

/** Begins to load the pages: in a child beside the sync server, in this process where they are its only work. */
export function pagesOf(wanted: Wanted): Pages | null {
  if (wanted.env.role === 'sync') return null
  return wanted.env.role === 'web' ? pagesHere(wanted) : pagesInChild(wanted.isDev)
}

function pagesInChild(isDev: boolean): Pages {
  const child = new PageChild({ isDev })
  return {
    serve: (given) => child.serve(given),
    answers: child.answers,
    get isReady() {
      return child.isReady
    },
    handle: (request, response) => child.proxy.pass(request, response),
    handleUpgrade: (request, socket, head) => child.proxy.passUpgrade(request, socket, head),
    metrics: () => child.metrics(),
    stop: () => child.stop(),
  }
}

function pagesHere(wanted: Wanted): Pages {
  const figures = new PageMetrics()
  const loading = hostPages(wanted)
  let hosted: HostedPages | null = null
  const answers = loading.then((loaded) => {
    hosted = loaded
  })
  return {
    serve: () => undefined,
    answers,
    get isReady() {
      return hosted !== null
    },
    handle: (request, response) => {
      figures.watch(request, response)
      void loading.then(({ handle }) => handle(request, response))
    },
    // Next listens for its own upgrades on the server it was given.
    handleUpgrade: () => undefined,
    metrics: async () => figures.text(),
    stop: async () => (await loading).close(),
  }
}
