import type { Fault } from './fault.ts'
import { away } from './list/away.ts'
import { bigFrame } from './list/big-frame.ts'
import { churn } from './list/churn.ts'
import { corrupt } from './list/corrupt.ts'
import { frames } from './list/frames.ts'
import { fuzz } from './list/fuzz.ts'
import { halfOpen } from './list/half-open.ts'
import { kill } from './list/kill.ts'
import { presence } from './list/presence.ts'
import { reload } from './list/reload.ts'
import { restore } from './list/restore.ts'
import { rolling } from './list/rolling.ts'
import { signals } from './list/signals.ts'
import { silent } from './list/silent.ts'
import { slow } from './list/slow.ts'
import { slowReader } from './list/slow-reader.ts'
import { stampede } from './list/stampede.ts'
import { twice } from './list/twice.ts'
import { twoTabs } from './list/two-tabs.ts'
import { updates } from './list/updates.ts'

/** All faults of the harness, in the order of the list. */
export const faults: readonly Fault[] = [
  kill,
  fuzz,
  reload,
  away,
  slow,
  signals,
  twice,
  slowReader,
  halfOpen,
  twoTabs,
  frames,
  updates,
  bigFrame,
  presence,
  silent,
  stampede,
  churn,
  rolling,
  corrupt,
  restore,
]
