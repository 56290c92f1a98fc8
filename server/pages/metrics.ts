import type { IncomingMessage, ServerResponse } from 'node:http'
import { exposition, Histogram, processFigures } from '../metrics.ts'

const bounds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Counts the requests of the pages of this process by the class of their status and by how long they took. */
export class PageMetrics {
  readonly #process = processFigures('dagsorden_pages')
  readonly #durations = new Map<string, Histogram>()

  /** Counts this request when it has ended. */
  watch(_request: IncomingMessage, response: ServerResponse): void {
    const began = performance.now()
    response.once('close', () => {
      const status = response.writableFinished ? `${Math.floor(response.statusCode / 100)}xx` : 'cut'
      const durations = this.#durations.get(status) ?? new Histogram(bounds)
      this.#durations.set(status, durations)
      durations.observe((performance.now() - began) / 1000)
    })
  }

  /** The figures in Prometheus's text format. */
  text(): string {
    return exposition([
      {
        name: 'dagsorden_pages_request_duration_seconds',
        help: 'Requests to pages by the class of their status; cut: the client hung up.',
        histograms: [...this.#durations].map(([status, histogram]) => ({ labels: { status }, histogram })),
      },
      ...this.#process(),
    ])
  }
}
