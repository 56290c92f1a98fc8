import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Measured } from './results.ts'

const headSchema = z.object({ began: z.string(), machine: z.string(), command: z.string() })
const measuredSchema = z.object({
  round: z.number(),
  workload: z.string(),
  server: z.string(),
  figures: z.record(z.string(), z.number().nullable()),
  failure: z.string().nullable(),
})

/** When a run began (ISO 8601), on what machine, and by which command. */
export type Head = z.infer<typeof headSchema>

/** What is known of a run: how it was begun, and every cell it measured. */
export type History = { head: Head; measured: Measured[] }

/** Reads what a run kept. Throws where it is no history. */
export function readHistory(file: string): History {
  const [head, ...cells] = readFileSync(file, 'utf8').trim().split('\n')
  return {
    head: headSchema.parse(JSON.parse(head ?? '')),
    measured: cells.map((cell) => measuredSchema.parse(JSON.parse(cell))),
  }
}
