/** One WebSocket frame with a binary message, as it goes unmasked to any number of browsers. */
export class Frame {
  /** Head and message in one piece. */
  readonly bytes: Uint8Array
  readonly #head: number

  constructor(message: Uint8Array) {
    const { length } = message
    const head = length < 126 ? 2 : length < 0x1_00_00 ? 4 : 10
    const bytes = Buffer.allocUnsafe(head + length)
    bytes[0] = finalBinary
    if (head === 2) bytes[1] = length
    else if (head === 4) {
      bytes[1] = 126
      bytes.writeUInt16BE(length, 2)
    } else {
      bytes[1] = 127
      bytes.writeBigUInt64BE(BigInt(length), 2)
    }
    bytes.set(message, head)
    this.bytes = bytes
    this.#head = head
  }

  /** The message without its head. */
  get message(): Uint8Array {
    return this.bytes.subarray(this.#head)
  }
}

const finalBinary = 0x82
