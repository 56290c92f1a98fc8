import { isFolded, type SentAs, type VersionReason } from '@/lib/agenda/version-rules.ts'
import type { HistoryEntry, HistoryPerson } from './schema.ts'

/** A kept version as the agenda tells of it. */
export type ToldVersion = {
  id: string
  reason: VersionReason
  contentHash: string
  visibility: 'open' | 'closed'
  name: string | null
  by: HistoryPerson | null
  authors: HistoryPerson[]
  edition: SentAs | null
  restoredAt: Date | null
  at: Date
}

/** A verdict with the version it is bound to. */
export type ToldVerdict = {
  id: string
  verdict: 'approved' | 'returned' | 'withdrawn'
  versionId: string
  name: string
  initials: string
  reason: string | null
  contentHash: string
  at: Date
}

type Reader = {
  reads: (visibility: 'open' | 'closed') => boolean
  bringsBack: (visibility: 'open' | 'closed') => boolean
}

/** Versions and verdicts as one history, the newest first: a verdict's version is told by the verdict. */
export function historyOf(
  versions: readonly ToldVersion[],
  verdicts: readonly ToldVerdict[],
  reader: Reader,
): HistoryEntry[] {
  const byId = new Map(versions.map((version) => [version.id, version]))
  const given = verdicts.map((verdict) => ofVerdict(verdict, byId.get(verdict.versionId), reader))
  const told = new Set(
    verdicts.filter(({ verdict }) => verdict !== 'withdrawn').map(({ versionId }) => versionId),
  )
  const kept = versions.filter(({ id }) => !told.has(id)).map((version) => ofVersion(version, reader))
  return [...given, ...kept].sort(
    (one, other) => other.at.localeCompare(one.at) || other.id.localeCompare(one.id),
  )
}

function ofVersion(version: ToldVersion, { reads, bringsBack }: Reader): HistoryEntry {
  const { id, reason: kind, contentHash, visibility, name, by, authors, edition, restoredAt, at } = version
  return {
    id,
    kind,
    versionId: reads(visibility) ? id : null,
    // A name may tell of the words it was given to.
    name: reads(visibility) ? name : null,
    by,
    authors,
    edition,
    restoredAt: restoredAt?.toISOString() ?? null,
    at: at.toISOString(),
    contentHash,
    reason: null,
    isFolded: isFolded({ reason: kind, name }),
    mayBringBack: reads(visibility) && bringsBack(visibility),
  }
}

function ofVerdict(verdict: ToldVerdict, version: ToldVersion | undefined, reader: Reader): HistoryEntry {
  const { id, verdict: kind, name, initials, reason, contentHash, at } = verdict
  const told = { id, kind, by: { name, initials }, reason, contentHash, at: at.toISOString() }
  const none = {
    versionId: null,
    name: null,
    authors: [],
    edition: null,
    restoredAt: null,
    mayBringBack: false,
  }
  if (!version || kind === 'withdrawn') return { ...none, ...told, isFolded: false }
  return { ...ofVersion(version, reader), ...told, isFolded: false }
}
