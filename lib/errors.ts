/** Every reason the product gives for a refusal. Each has a sentence in every language under `errors`. */
export const errorCodes = [
  'not-signed-in',
  'forbidden',
  'not-found',
  'invalid-input',
  'stale-content',
  'approval-not-submitted',
  'reason-missing',
  'stand-in-over',
  'public-title-missing',
  'annex-too-large',
  'annex-type-refused',
  'link-refused',
  'comment-empty',
  'anchor-moved',
  'thread-resolved',
  'thread-answered',
  'agenda-frozen',
  'item-was-sent',
  'dispatch-blocked',
  'version-was-closed',
  'revision-open',
  'revision-not-empty',
  'import-empty',
  'import-binary',
  'import-too-large',
  'import-encoding',
  'import-not-an-agenda',
  'store-unavailable',
  'pages-away',
  'unexpected',
] as const

/** One reason for a refusal. */
export type ErrorCode = (typeof errorCodes)[number]

/** A refusal the caller could not prevent: carries a code, never a sentence and never content. */
export class AppError extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode) {
    super(code)
    this.name = 'AppError'
    this.code = code
  }
}

/** What an action answers: a value, or a code that the interface turns into a sentence. */
export type Answer<T = undefined> = { ok: true; value: T } | { ok: false; code: ErrorCode }
