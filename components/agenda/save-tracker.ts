/** Is what this person wrote kept? `saved` means that the server has committed all of it. */
export type SaveState =
  | { status: 'saved'; at: Date | null }
  | { status: 'saving' }
  | { status: 'offline'; waiting: boolean }
  | { status: 'failing' }
  | { status: 'refused'; code: number }

type Line = 'connecting' | 'connected' | 'away'

/**
 * Counts one connection's update frames against the server's acknowledgements. At every connection the server asks
 * first what we have, and the answer is a frame like any other; so once as many are acknowledged as were sent,
 * everything written before, offline too, is committed.
 */
export class SaveTracker {
  readonly #changed: () => void
  #line: Line = 'connecting'
  #sent = 0
  #hasUnsaved = false
  #isFailing = false
  #refusal: number | null = null
  #savedAt: Date | null = null
  #state: SaveState = { status: 'saved', at: null }

  constructor(changed: () => void) {
    this.#changed = changed
  }

  /** The same object until it changes. */
  get state(): SaveState {
    return this.#state
  }

  /** Was something written that is not acknowledged? */
  get hasUnsaved(): boolean {
    return this.#hasUnsaved
  }

  /** A new socket starts counting from nothing. */
  socketOpened(): void {
    this.#sent = 0
    this.#isFailing = false
  }

  frameSent(): void {
    this.#sent++
  }

  /** This person wrote something, now or, in an offline copy, earlier. */
  wrote(): void {
    if (this.#hasUnsaved) return
    this.#hasUnsaved = true
    const before = this.#state
    this.#settle()
    // Told even where the state stays as it was, as when refused: the offline copy must know.
    if (this.#state === before) this.#changed()
  }

  /** The server has committed so many of this socket's frames. */
  acknowledged(frames: number, at: Date): void {
    if (frames !== this.#sent) return
    if (this.#hasUnsaved) this.#savedAt = at
    this.#hasUnsaved = false
    this.#settle()
  }

  failing(isFailing: boolean): void {
    this.#isFailing = isFailing
    this.#settle()
  }

  lineIs(line: Line): void {
    this.#line = line
    this.#settle()
  }

  refused(code: number): void {
    this.#refusal = code
    this.#settle()
  }

  #settle(): void {
    const next = this.#judge()
    if (JSON.stringify(next) === JSON.stringify(this.#state)) return
    this.#state = next
    this.#changed()
  }

  #judge(): SaveState {
    if (this.#refusal !== null) return { status: 'refused', code: this.#refusal }
    if (this.#line === 'away') return { status: 'offline', waiting: this.#hasUnsaved }
    if (this.#isFailing) return { status: 'failing' }
    if (this.#hasUnsaved) return { status: 'saving' }
    return { status: 'saved', at: this.#savedAt }
  }
}
