/** Why the server closes a socket. Codes from 4400 are final: the client must not reconnect by itself. */
export const closeCodes = {
  /** The process stops; reconnect. */
  goingAway: 1001,
  /** A frame that is not of the protocol. */
  protocolError: 1002,
  /** A text frame: the protocol is binary. */
  unsupportedData: 1003,
  /** An update that is not one of Yjs; it is refused whole. */
  invalidPayload: 1007,
  /** A frame over the size limit, or a presence over its own. */
  tooBig: 1009,
  /** The server failed at this connection; reconnect. */
  internalError: 1011,
  /** The server is restarting; reconnect. */
  restart: 1012,
  /** The document can't be loaded or the client is too slow; try again later. */
  tryAgain: 1013,
  /** Rights changed; reconnect and be judged anew. */
  rightsChanged: 4001,
  /** Too many frames in a short time. */
  tooFast: 4002,
  /** A read-only client tried to write; reconnecting does not help until it stops. */
  readOnly: 4003,
  /** The room is full, or the person has as many sockets as one may; try again later. */
  tooMany: 4004,
  /** No session, no right, or no such room: the three look the same. */
  refused: 4403,
  /** The document is as large as one may be and takes only deletions: what was added is kept in the browser alone. */
  documentFull: 4413,
  /** The client holds another generation of the document, or one that takes no more words: open the item anew. */
  otherGeneration: 4409,
} as const

/** A number of `closeCodes`: standard ones below 4000, the product's own from 4001. */
export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes]

/** Must a client give up after this code? */
export function isFinal(code: number): boolean {
  return code >= 4400 && code < 4500
}
