import { db, setDatabase } from '@/lib/db.ts'
import { readProcessEnv } from '@/lib/env.ts'
import { openDatabase } from '@/prisma/open.ts'
import { idOf } from './names.ts'

/* Prints, as JSON, what the database of the environment holds of the first item's document; its server must be stopped. */

const answer = readProcessEnv()
if (!answer.ok) throw new Error(answer.sentence)
const database = await openDatabase(answer.env)
setDatabase(database)
const [row] = await db().$queryRaw<{ data: bigint; disk: bigint }[]>`
  SELECT
    (SELECT coalesce(sum(octet_length(u."data")), 0) FROM "DocumentUpdate" u
      JOIN "Document" d ON d."id" = u."documentId" WHERE d."itemId" = ${idOf('item', 0)})
    + (SELECT coalesce(sum(octet_length(s."data")), 0) FROM "DocumentSnapshot" s
      JOIN "Document" d ON d."id" = s."documentId" WHERE d."itemId" = ${idOf('item', 0)}) AS "data",
    pg_total_relation_size('"DocumentUpdate"') + pg_total_relation_size('"DocumentSnapshot"') AS "disk"`
process.stdout.write(JSON.stringify({ data: Number(row?.data ?? 0), disk: Number(row?.disk ?? 0) }))
await database.close()
