import { existsSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import path from 'node:path'
import { type WebSocket, WebSocketServer } from 'ws'

/*
 * The floors: relays that read two bytes of a frame and know nothing of Yjs. `plain` sends each frame on with `ws` as
 * it comes; `batch` frames it once for all and writes to each socket once per turn of the event loop; `log` is plain
 * and appends each update to the room's file, without fsync, before it sends it on. Who asks with step 1 is sent what
 * was given as step 2 (and, by `log`, everything in the file): the least a server can do to open a document.
 */

const mode = process.argv[2]
const folder = process.env.DATA_DIR ?? ''

type Room = { members: Set<WebSocket>; frames: Buffer[]; file: number | null }

const rooms = new Map<string, Room>()
const empty = Buffer.from([0, 1, 2, 0, 0])

const server = createServer()
const wss = new WebSocketServer({ server, perMessageDeflate: false })
wss.on('connection', (ws, request) => {
  const name = request.url ?? ''
  const room = rooms.get(name) ?? openRoom(name)
  room.members.add(ws)
  ws.on('close', () => room.members.delete(ws))
  ws.on('error', () => undefined)
  ws.on('message', (data: Buffer) => receive(room, ws, data))
})
server.listen(Number(process.env.PORT), process.env.HOST)
process.on('SIGTERM', () => process.exit(0))

function openRoom(name: string): Room {
  const room: Room = { members: new Set(), frames: [], file: null }
  if (mode === 'log') {
    mkdirSync(folder, { recursive: true })
    const file = path.join(folder, encodeURIComponent(name))
    if (existsSync(file)) room.frames = readFrames(readFileSync(file))
    room.file = openSync(file, 'a')
  }
  rooms.set(name, room)
  return room
}

function readFrames(bytes: Buffer): Buffer[] {
  const frames: Buffer[] = []
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + bytes.readUInt32LE(at)
    if (end > bytes.length) break
    frames.push(bytes.subarray(at + 4, end))
    at = end
  }
  return frames
}

function receive(room: Room, from: WebSocket, data: Buffer): void {
  const [type, syncType] = data
  if (type === 0 && syncType === 0) answer(room, from)
  else if (type === 0 && syncType === 1) takeState(room, from, data)
  else {
    if (type === 0) keep(room, data)
    relay(room, from, data)
  }
}

function answer({ frames }: Room, from: WebSocket): void {
  if (frames[0]?.[1] !== 1) from.send(empty)
  for (const frame of frames) from.send(frame)
}

function takeState(room: Room, from: WebSocket, data: Buffer): void {
  if (data.length <= empty.length) return
  room.frames.push(Buffer.from(data))
  keep(room, data)
  relay(room, from, data)
}

function keep({ file, frames }: Room, data: Buffer): void {
  if (file === null) return
  const length = Buffer.allocUnsafe(4)
  length.writeUInt32LE(data.length)
  writeSync(file, Buffer.concat([length, data]))
  if (data[1] === 2) frames.push(Buffer.from(data))
}

const relay = mode === 'batch' ? relayBatched : relayPlain

function relayPlain(room: Room, from: WebSocket, data: Buffer): void {
  for (const to of room.members) if (to !== from) to.send(data)
}

const waiting = new Map<Socket, Buffer[]>()

function relayBatched(room: Room, from: WebSocket, data: Buffer): void {
  const frame = frameOf(data)
  for (const to of room.members) {
    if (to === from) continue
    const socket = Reflect.get(to, '_socket') as Socket
    const queue = waiting.get(socket)
    if (queue) queue.push(frame)
    else {
      if (waiting.size === 0) setImmediate(writeAll)
      waiting.set(socket, [frame])
    }
  }
}

function writeAll(): void {
  for (const [socket, frames] of waiting) {
    socket.write(frames.length === 1 && frames[0] ? frames[0] : Buffer.concat(frames))
  }
  waiting.clear()
}

function frameOf(data: Buffer): Buffer {
  const head = data.length < 126 ? 2 : data.length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(head + data.length)
  frame[0] = 0x82
  if (head === 2) frame[1] = data.length
  else if (head === 4) {
    frame[1] = 126
    frame.writeUInt16BE(data.length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(data.length), 2)
  }
  data.copy(frame, head)
  return frame
}
