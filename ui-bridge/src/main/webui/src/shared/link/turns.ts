/** Something on the page that renders as one, such as a panel: what it listens to is told it when its turn has come. */
export interface Turn {
  /** In place of the listener: asks for a turn, in which the listener is called once. */
  deferred(listener: () => void): { ask: () => void; stop: () => void }
}

/** Who paints how, told apart so that a test needs no browser. */
export interface Frames {
  /** Calls with the time of the next frame, the same for all who are called in one. */
  next(run: (frame: number) => void): void
  /** Nobody looks: nothing needs to be spread. */
  hidden(): boolean
}

/** Who can wait comes when nobody else does, but not later than after so many frames. */
const MOST_FRAMES = 8
/** A frame that already has much to paint is left alone; not more than so many of them one after the other. */
const MOST_LEFT_ALONE = 2
/** Frames so far apart are few, or late already: nobody is made to wait for another one. */
const FAR_APART_MS = 40

interface Asking {
  readonly canWait: boolean
  /** The frame after which it asked. */
  since: number
}

/**
 * What a tick or a fill changes is shown in many places, and all of them in one frame make that frame late. So those that
 * render come one after the other, who waits longest first, and behind them those that can wait; what they show then is the
 * newest, not what they were told of.
 */
export class Turns {
  readonly #frames: Frames
  /** By turn, in the order in which they asked. */
  readonly #asked = new Map<Asking, Set<() => void>>()
  #frame = 0
  #awaited = false
  #ranIn: number | null = null
  #taken = false
  #nextTaken = false
  #coming = false
  #leftAlone = 0

  constructor(frames: Frames) {
    this.#frames = frames
  }

  turn(canWait = false): Turn {
    const self: Asking = { canWait, since: 0 }
    return {
      deferred: listener => ({
        ask: () => {
          const asked = this.#asked.get(self)
          if (asked !== undefined) return void asked.add(listener)
          self.since = this.#frame
          this.#asked.set(self, new Set([listener]))
          this.#await()
        },
        stop: () => void this.#asked.get(self)?.delete(listener),
      }),
    }
  }

  /** Changes are here and applied with the next frame: nobody's turn comes before. */
  changesCome(): void {
    this.#coming = true
  }

  /** Something large is painted in this frame without having asked. */
  take(): void {
    this.#taken = true
  }

  /** What was just changed is painted with the next frame. */
  takeNext(): void {
    this.#nextTaken = true
  }

  /**
   * Whether the changes that are here are left for the next frame, because something large draws itself in this one: both
   * together make a frame late. Not where nobody looks. To be asked once for the same changes. Whose turn it is comes beside
   * it: of the frames there are this one has more time left than one with changes.
   */
  changesWait(frame: number): boolean {
    const wait = this.#nextTaken && !this.#frames.hidden()
    if (wait) {
      this.#nextTaken = false
      this.#run(frame)
    }
    return wait
  }

  /** After the changes of a frame were told: it has enough to paint, so turns come in the next one, if that has no changes. */
  changed(frame: number): void {
    this.#coming = false
    this.#taken ||= !this.#frames.hidden()
    this.#run(frame)
  }

  #run(frame: number): void {
    const first = frame !== this.#ranIn
    const near = frame - (this.#ranIn ?? frame) < FAR_APART_MS
    this.#ranIn = frame
    if (first) {
      this.#frame++
      this.#taken ||= this.#nextTaken
      this.#nextTaken = false
    }
    if (first && this.#asked.size > 0) {
      if (this.#taken && near && this.#leftAlone < MOST_LEFT_ALONE) this.#leftAlone++
      else {
        this.#leftAlone = 0
        for (const turn of this.#next()) {
          const listeners = this.#asked.get(turn) ?? []
          this.#asked.delete(turn)
          for (const listener of listeners) listener()
        }
      }
    }
    this.#taken = false
    if (this.#asked.size > 0) this.#await()
  }

  #next(): readonly Asking[] {
    const asking = [...this.#asked.keys()]
    if (this.#frames.hidden()) return asking
    const next =
      asking.find(({ since }) => this.#frame - since > MOST_FRAMES) ??
      asking.find(({ canWait }) => !canWait) ??
      asking[0]
    return next === undefined ? [] : [next]
  }

  #await(): void {
    if (this.#awaited) return
    this.#awaited = true
    this.#frames.next(frame => {
      this.#awaited = false
      if (!this.#coming) this.#run(frame)
    })
  }
}
