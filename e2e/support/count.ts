import { z } from 'zod'

/** How many tests of a part passed, failed and were skipped. */
export type Count = { passed: number; failed: number; skipped: number }

/** A part that counts as one test. */
export function countOf(result: keyof Count): Count {
  return { passed: 0, failed: 0, skipped: 0, [result]: 1 }
}

/** The sum as it is printed. */
export function lastLine({ passed, failed, skipped }: Count): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
})

/** Reads Vitest's JSON report; a run that failed without a failed test (a file that did not load) counts as one. */
export function vitestCount(report: unknown, exitCode: number): Count {
  const parsed = vitestReport.safeParse(report)
  if (!parsed.success) return countOf('failed')
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = parsed.data
  const count = { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
  return atLeastOneFailed(count, exitCode)
}

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
})

/** Reads Playwright's JSON report; a test that passed at a second attempt only counts as failed. */
export function playwrightCount(report: unknown, exitCode: number): Count {
  const parsed = playwrightReport.safeParse(report)
  if (!parsed.success) return countOf('failed')
  const { expected, unexpected, flaky, skipped } = parsed.data.stats
  return atLeastOneFailed({ passed: expected, failed: unexpected + flaky, skipped }, exitCode)
}

function atLeastOneFailed(count: Count, exitCode: number): Count {
  return exitCode !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
}
