import { Rooms, type RoomsSettings } from '../rooms.ts'

/** Opens rooms on a store, with short pauses, no limits in the way and nobody told, unless the test says otherwise. */
export function openRooms(settings: Partial<RoomsSettings> & Pick<RoomsSettings, 'store'>): Rooms {
  return new Rooms({
    gatherFor: 0,
    batchEvery: 0,
    enough: 1,
    firstPause: 1,
    longestPause: 2,
    lateAfter: 60_000,
    maxLines: 1_000_000,
    maxBytes: 1_000_000_000,
    full: () => undefined,
    presenceEvery: 1,
    maxDocumentBytes: 1_000_000_000,
    large: () => undefined,
    keepFor: 0,
    compactAfter: 25,
    committed: () => undefined,
    refused: () => undefined,
    failed: () => undefined,
    compactionFailed: () => undefined,
    catchUpEvery: 1,
    catchUpFailed: () => undefined,
    ...settings,
  })
}
