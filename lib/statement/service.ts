import { env } from '@/lib/env.ts'
import type { Statement } from './schema.ts'

/**
 * The accessibility statement as this installation's settings fill it, or null where nobody has: what no one has
 * assessed is not claimed. Its form is that of the model in Commission Implementing Decision (EU) 2018/1523.
 */
export function loadStatement(): Statement | null {
  const { statementBody, statementEmail, statementStatus, statementDate, ...rest } = env()
  if (!statementBody || !statementEmail || !statementStatus || !statementDate) return null
  return {
    body: statementBody,
    email: statementEmail,
    phone: rest.statementPhone,
    status: statementStatus,
    date: statementDate,
    method: rest.statementMethod,
    shortcomings: rest.statementShortcomings,
  }
}
