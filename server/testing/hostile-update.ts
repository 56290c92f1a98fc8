import * as encoding from 'lib0/encoding'
import type { Chance } from './chance.ts'

/**
 * One update of Yjs's first encoding as a grammar makes it up: clients with structs, then what is deleted. Whole, and
 * hostile: huge clocks, edits that are missing, every kind of content, deep nesting, names that mean something. It
 * speaks of strangers, and of the `known` clients whose words it may damage.
 */
export function hostileUpdate(below: Chance, known: readonly number[] = []): Uint8Array {
  const writers = [...strangers, ...known]
  return encoding.encode((encoder) => {
    const clients = clientsOf({ below, writers })
    encoding.writeVarUint(encoder, clients.length)
    for (const client of clients) writeClient(encoder, client, { below, writers })
    writeDeletions(encoder, { below, writers })
  })
}

type Whim = { below: Chance; writers: readonly number[] }

/** Most often each once and the highest first, as it must be. */
function clientsOf(whim: Whim): number[] {
  const { below } = whim
  const clients = Array.from({ length: below(4) }, () => someClient(whim))
  if (below(8) === 0) return clients
  return [...new Set(clients)].sort((one, other) => other - one)
}

function writeClient(encoder: encoding.Encoder, client: number, whim: Whim): void {
  const { below } = whim
  const structs = below(5) === 0 ? 200 : below(6) || below(2)
  encoding.writeVarUint(encoder, structs)
  encoding.writeVarUint(encoder, client)
  encoding.writeVarUint(encoder, someNumber(below))
  for (let at = 0; at < structs; at++) writeStruct(encoder, whim)
}

function writeStruct(encoder: encoding.Encoder, whim: Whim): void {
  const { below } = whim
  const kind = below(8)
  // A gap, or what was collected, of any length.
  if (kind === 0) {
    encoding.writeUint8(encoder, below(2) === 0 ? 0 : 10)
    encoding.writeVarUint(encoder, someNumber(below))
    return
  }
  const content = 1 + below(9)
  const [hasOrigin, hasRight, hasKey] = [below(2), below(2), below(2)]
  encoding.writeUint8(encoder, (hasOrigin << 7) | (hasRight << 6) | (hasKey << 5) | content)
  if (hasOrigin) writeId(encoder, whim)
  if (hasRight) writeId(encoder, whim)
  if (!hasOrigin && !hasRight) {
    const isNamed = below(2)
    encoding.writeVarUint(encoder, isNamed)
    if (isNamed) encoding.writeVarString(encoder, roots[below(roots.length)] ?? '')
    else writeId(encoder, whim)
    if (hasKey) encoding.writeVarString(encoder, keys[below(keys.length)] ?? '')
  }
  contents[content]?.(encoder, below)
}

// Not the roots that hold the words which are counted: what is taken there would be an honest edit.
const roots = ['fuzz', 'fuzz-map', '', '__proto__', 'constructor', 'x'.repeat(5000)]
const keys = ['a', '__proto__', 'constructor', 'toString', '']

/** How each kind of content of Yjs is written, by its number. */
const contents: Record<number, (encoder: encoding.Encoder, below: Chance) => void> = {
  1: (encoder, below) => encoding.writeVarUint(encoder, someNumber(below)),
  2: (encoder, below) => {
    const count = below(3)
    encoding.writeVarUint(encoder, count)
    for (let at = 0; at < count; at++)
      encoding.writeVarString(encoder, below(2) === 0 ? 'undefined' : deepJson)
  },
  3: (encoder, below) => encoding.writeVarUint8Array(encoder, new Uint8Array(below(1000))),
  4: (encoder, below) => encoding.writeVarString(encoder, texts[below(texts.length)] ?? ''),
  5: (encoder, below) => encoding.writeVarString(encoder, below(2) === 0 ? deepJson : '{'),
  6: (encoder, below) => {
    encoding.writeVarString(encoder, keys[below(keys.length)] ?? '')
    encoding.writeVarString(encoder, below(2) === 0 ? deepJson : 'null')
  },
  7: (encoder, below) => {
    const type = below(9)
    encoding.writeVarUint(encoder, type)
    if (type === 3 || type === 5) encoding.writeVarString(encoder, keys[below(keys.length)] ?? '')
  },
  8: (encoder, below) => {
    const count = below(4)
    encoding.writeVarUint(encoder, count)
    for (let at = 0; at < count; at++) encoding.writeAny(encoder, below(2) === 0 ? deepAny : 'any')
  },
  9: (encoder) => {
    encoding.writeVarString(encoder, 'guid')
    encoding.writeAny(encoder, { autoLoad: true })
  },
}

const deepJson = `${'['.repeat(3000)}${']'.repeat(3000)}`
type Deep = Deep[]
const deepAny = Array.from({ length: 500 }).reduce<Deep>((inner) => [inner], [])
const texts = ['', '\0', '\ud800', 'a'.repeat(10_000), '‮', '<script>']

function writeDeletions(encoder: encoding.Encoder, whim: Whim): void {
  const { below } = whim
  const clients = below(3)
  encoding.writeVarUint(encoder, clients)
  for (let at = 0; at < clients; at++) {
    encoding.writeVarUint(encoder, someClient(whim))
    const ranges = below(5) === 0 ? 1000 : below(4)
    encoding.writeVarUint(encoder, ranges)
    for (let range = 0; range < ranges; range++) {
      encoding.writeVarUint(encoder, someNumber(below))
      encoding.writeVarUint(encoder, someNumber(below))
    }
  }
}

// Nobody who types has one of these, so that nobody's words are deleted rightly.
const strangers = [0, 1, 7, 4711, 2 ** 32 - 1, 2 ** 40, 2 ** 53 - 1]

function someClient({ below, writers }: Whim): number {
  return writers[below(writers.length)] ?? 0
}

function writeId(encoder: encoding.Encoder, whim: Whim): void {
  encoding.writeVarUint(encoder, someClient(whim))
  encoding.writeVarUint(encoder, someNumber(whim.below))
}

function someNumber(below: Chance): number {
  const numbers = [0, 1, 2, below(1000), 2 ** 31, 2 ** 32, 2 ** 40, 2 ** 53 - 1]
  return numbers[below(numbers.length)] ?? 0
}
