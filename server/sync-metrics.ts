import { exposition, gauge, processFigures } from './metrics.ts'
import type { Sync } from './sync.ts'

/** What writes the figures of a sync server and its process in Prometheus's text format. */
export function syncMetrics(sync: Sync): () => string {
  const ofProcess = processFigures('dagsorden_sync')
  return () => {
    const { connections, rooms, refusals } = sync.figures()
    return exposition([
      gauge('dagsorden_sync_connections', 'Open WebSocket connections.', connections),
      gauge('dagsorden_sync_rooms', 'Open rooms.', rooms),
      {
        name: 'dagsorden_sync_refusals_total',
        help: 'Sockets refused or shut out, by HTTP status or close code.',
        kind: 'counter',
        samples: Object.entries(refusals).map(([code, value]) => ({ labels: { code }, value })),
      },
      ...ofProcess(),
    ])
  }
}
