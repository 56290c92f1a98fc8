import { varuintLength, writeVaruint } from './frame.ts'

/** The frame payload of one client's presence: who it is and where its cursor stands, as an editor says it. */
export function presencePayload({
  client,
  clock,
  at,
}: {
  client: number
  clock: number
  at: number
}): Uint8Array {
  const place = { type: { client: 1_234_567_890, clock: 12 }, tname: null, item: { client, clock }, assoc: 0 }
  const user = { name: `Person ${at}`, color: '#1d5fa8' }
  const state = Buffer.from(JSON.stringify({ user, cursor: { anchor: place, head: place } }))
  const size = 1 + varuintLength(client) + varuintLength(clock) + varuintLength(state.length) + state.length
  const payload = new Uint8Array(1 + varuintLength(size) + size)
  payload[0] = 1
  let end = writeVaruint(payload, 1, size)
  payload[end++] = 1
  end = writeVaruint(payload, end, client)
  end = writeVaruint(payload, end, clock)
  end = writeVaruint(payload, end, state.length)
  payload.set(state, end)
  return payload
}
