import { closeCodes } from '@/lib/sync/close-codes.ts'
import { counter, exposition, gauge, processFigures } from './metrics.ts'
import type { Sync } from './sync.ts'

/** What writes the figures of a sync server and its process in Prometheus's text format. */
export function syncMetrics(sync: Sync): () => string {
  const ofProcess = processFigures('dagsorden_sync')
  return () => {
    const { connections, rooms, refusals, received, delivered, unsaved, saves, garbledSignals } =
      sync.figures()
    return exposition([
      gauge('dagsorden_sync_connections', 'Open WebSocket connections.', connections),
      gauge('dagsorden_sync_rooms', 'Open rooms.', rooms),
      counter('dagsorden_sync_frames_received_total', 'Frames taken from browsers.', received),
      counter('dagsorden_sync_frames_delivered_total', 'Frames passed on to browsers.', delivered),
      gauge('dagsorden_sync_unsaved_frames', 'Frames that wait for the database.', unsaved),
      {
        name: 'dagsorden_sync_save_seconds',
        help: 'How long the database took to commit what came together.',
        histograms: [{ histogram: saves }],
      },
      {
        name: 'dagsorden_sync_refusals_total',
        help: 'Sockets refused or shut out, by HTTP status or close code.',
        kind: 'counter',
        samples: Object.entries(refusals).map(([code, value]) => ({
          labels: { code, reason: reasons.get(Number(code)) ?? 'other' },
          value,
        })),
      },
      counter('dagsorden_sync_garbled_signals_total', 'Garbage on the channel of signals.', garbledSignals),
      ...ofProcess(),
    ])
  }
}

const reasons = new Map<number, string>([
  [403, 'origin'],
  [429, 'address'],
  [503, 'full'],
  ...Object.entries(closeCodes).map(([reason, code]) => [code, reason] as const),
])
