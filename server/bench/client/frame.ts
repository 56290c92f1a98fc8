import { randomFillSync } from 'node:crypto'

const masks = Buffer.allocUnsafe(4096)
randomFillSync(masks)
let nextMask = 0

/** Makes a masked WebSocket frame, as a client must, of a payload; opcode 2 is binary. */
export function maskedFrame(payload: Uint8Array, opcode = 2): Buffer {
  const { length } = payload
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(head + 4 + length)
  frame[0] = 0x80 | opcode
  if (head === 2) frame[1] = 0x80 | length
  else if (head === 4) {
    frame[1] = 0x80 | 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 0x80 | 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  nextMask = (nextMask + 4) % masks.length
  masks.copy(frame, head, nextMask, nextMask + 4)
  const from = head + 4
  for (let at = 0; at < length; at++) {
    frame[from + at] = (payload[at] ?? 0) ^ (masks[nextMask + (at & 3)] ?? 0)
  }
  return frame
}

/** How many bytes a number takes as a varuint. */
export function varuintLength(value: number): number {
  let length = 1
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length++
  return length
}

/** Writes a varuint and answers where it ends. */
export function writeVaruint(bytes: Uint8Array, at: number, value: number): number {
  let end = at
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes[end++] = (rest % 128) | 128
  bytes[end++] = rest
  return end
}

/** Reads varuints of a buffer one behind the other, without making an object for each. */
export class VaruintReader {
  bytes: Uint8Array = new Uint8Array()
  at = 0

  read(): number {
    let value = 0
    let unit = 1
    for (;;) {
      const byte = this.bytes[this.at++] ?? 0
      value += (byte & 127) * unit
      if (byte < 128) return value
      unit *= 128
    }
  }
}
