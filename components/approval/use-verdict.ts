import { uuidv4 } from 'lib0/random'
import { useRef, useState } from 'react'
import { approve, returnItem, withdraw } from '@/lib/approval/actions.ts'
import type { CurrentWords, ItemApprovals } from '@/lib/approval/schema.ts'
import type { TextSelection } from '@/lib/comments/schema.ts'
import type { Answer, ErrorCode } from '@/lib/errors.ts'

/** What went wrong: a code of the server, or that nothing is known because the line broke. */
export type Failure = ErrorCode | 'unknown'

type Handlers = {
  itemId: string
  onDone: (approvals: ItemApprovals, act: 'approved' | 'returned' | 'withdrawn') => void
  onStale: (current: CurrentWords) => void
  /** What the page shows may be wrong: read it again. */
  onDoubt: () => void
}

/** The three acts of a chair on one item, one at a time. Each answers whether it was done. */
export function useVerdict({ itemId, onDone, onStale, onDoubt }: Handlers) {
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  // Until it is answered a press that says the same is the same one; a reason that was mended is another.
  const press = useRef<{ said: string; requestId: string } | null>(null)

  async function run<T>(perform: () => Promise<Answer<T>>): Promise<T | null> {
    if (pending) return null
    setPending(true)
    setFailure(null)
    try {
      const answer = await perform()
      if (answer.ok) return answer.value
      setFailure(answer.code)
      onDoubt()
    } catch {
      // The call threw, so its answer is lost; the act may have been kept all the same.
      setFailure('unknown')
      onDoubt()
    } finally {
      setPending(false)
    }
    return null
  }

  async function decide(
    verdict: 'approved' | 'returned',
    seenHash: string,
    reason: string,
    selection: TextSelection | null,
  ): Promise<boolean> {
    const said = JSON.stringify([verdict, seenHash, reason, selection])
    if (press.current?.said !== said) press.current = { said, requestId: uuidv4() }
    const wish = { itemId, seenHash, requestId: press.current.requestId }
    const decision = await run(() =>
      verdict === 'approved' ? approve(wish) : returnItem({ ...wish, reason, selection }),
    )
    if (decision) press.current = null
    if (decision?.outcome === 'done') onDone(decision.approvals, verdict)
    if (decision?.outcome === 'stale') onStale(decision.current)
    return decision?.outcome === 'done'
  }

  return {
    pending,
    failure,
    clear: () => setFailure(null),
    approve: (seenHash: string) => decide('approved', seenHash, '', null),
    giveBack: (seenHash: string, reason: string, selection: TextSelection | null) =>
      decide('returned', seenHash, reason, selection),
    async takeBack(): Promise<boolean> {
      const approvals = await run(() => withdraw({ itemId }))
      if (approvals) onDone(approvals, 'withdrawn')
      return approvals !== null
    },
  }
}
