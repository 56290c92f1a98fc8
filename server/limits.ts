import { env } from '@/lib/env.ts'

/** The limits and pauses of the sync server; times in ms. */
export type Limits = {
  maxFrameBytes: number
  maxFramesPerSecond: number
  maxBytesPerSecond: number
  maxBufferedBytes: number
  /** An item's document that has grown larger takes only deletions; of half that size it is told in the log. */
  maxDocumentBytes: number
  maxConnections: number
  maxPerAddress: number
  maxPerPerson: number
  maxPerRoom: number
  /** How long a socket may wait for its place in a room before it is sent away to come again. */
  placeWithin: number
  /** How often each socket is pinged and sent a sign of life. A y-websocket client waits 30 s for one. */
  pingEvery: number
  /** A socket not heard for so long at a ping is cut off: within `silence + pingEvery` of its last word. */
  silence: number
  /** How often every open socket's rights are read again without being asked to. */
  reviewEvery: number
  /** The same while the channel of signals is down. */
  reviewEveryWhenDeaf: number
  /** How long a socket may take to answer a close before it is cut off. */
  closeWithin: number
  gatherFor: number
  batchEvery: number
  enough: number
  firstPause: number
  longestPause: number
  /** A save that takes longer is told of as one that fails. */
  lateAfter: number
  /** So many frames, or bytes of them, may wait for the database before nobody may write. */
  maxLines: number
  maxBytes: number
  presenceEvery: number
  keepFor: number
  compactAfter: number
  /** What share of the time small compactions may take, and the longest rest behind a large one; none while it stops. */
  compactShare: number
  compactRest: number
  /** How long after the start what an earlier process left uncompacted may wait: first come those who return. */
  compactOldAfter: number
  catchUpEvery: number
  /** How long the projection waits for more words, how long at most, and what share of the time all of them may take. */
  projectAfter: number
  projectWithin: number
  projectShare: number
}

/** The limits by the settings of this process. */
export function currentLimits(): Limits {
  const settings = env()
  return {
    maxFrameBytes: settings.syncMaxFrameBytes,
    maxFramesPerSecond: settings.syncMaxFramesPerSecond,
    maxBytesPerSecond: settings.syncMaxBytesPerSecond,
    maxBufferedBytes: settings.syncMaxBufferedBytes,
    maxDocumentBytes: settings.syncMaxDocumentBytes,
    maxConnections: settings.syncMaxConnections,
    maxPerAddress: settings.syncMaxConnectionsPerAddress,
    maxPerPerson: settings.syncMaxConnectionsPerPerson,
    maxPerRoom: settings.syncMaxConnectionsPerRoom,
    placeWithin: 10_000,
    pingEvery: 15_000,
    silence: 30_000,
    reviewEvery: 30_000,
    reviewEveryWhenDeaf: 3500,
    closeWithin: 2000,
    gatherFor: 3,
    batchEvery: 30,
    enough: 32,
    firstPause: 100,
    longestPause: 3000,
    lateAfter: 3000,
    maxLines: settings.syncMaxQueuedFrames,
    maxBytes: settings.syncMaxQueuedBytes,
    presenceEvery: 100,
    keepFor: 10_000,
    compactAfter: 1000,
    compactShare: 0.2,
    compactRest: 100,
    compactOldAfter: 10_000,
    catchUpEvery: 100,
    projectAfter: 120,
    projectWithin: 500,
    projectShare: 0.06,
  }
}
