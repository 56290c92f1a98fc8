import { type Checked, verifyAnnexes, verifyDocuments, verifyVersions } from '@/lib/agenda/verify-service.ts'
import { verifyApprovals } from '@/lib/approval/verify-service.ts'
import { verifyEditions } from '@/lib/dispatch/verify-service.ts'
import { command, onDatabase } from './command.ts'

/*
 * `npm run verify`: reads everything that is kept and recomputes what can be: every row's checksum, every document, every
 * projection, and the hashes of versions, approvals, annexes and editions. Names what is wrong by id, never by its
 * words, and ends with exit code 1 when anything is. On PostgreSQL it may run beside the server, every night.
 */

const parts = [verifyDocuments, verifyVersions, verifyAnnexes, verifyApprovals, verifyEditions]

/** A projection that is behind is not wrong: while somebody writes it always is for a moment. */
const isHarmless = ({ defect }: Checked) => defect === null || defect === 'projection-behind'

await command(() => onDatabase(verify))

async function verify(): Promise<void> {
  const counts = new Map<string, number>()
  for (const part of parts) {
    for await (const row of part()) {
      counts.set(row.kind, (counts.get(row.kind) ?? 0) + 1)
      if (row.defect) process.stdout.write(`${row.kind} ${row.id}: ${row.defect}\n`)
      if (!isHarmless(row)) process.exitCode = 1
    }
  }
  const looked = [...counts].map(([kind, count]) => `${count} ${kind}${count === 1 ? '' : 's'}`)
  const verdict = process.exitCode ? 'Something is wrong' : 'All is well'
  process.stdout.write(`${verdict}: ${looked.join(', ') || 'nothing is kept'}.\n`)
}
