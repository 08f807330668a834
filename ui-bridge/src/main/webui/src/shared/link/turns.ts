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

/** A frame that already has much to paint is left alone; not more than so many of them one after the other. */
const MOST_LEFT_ALONE = 2

/**
 * What a tick or a fill changes is shown in many places, and all of them in one frame make that frame late. So those that
 * render come one after the other, who waits longest first; what they show then is the newest, not what they were told of.
 */
export class Turns {
  readonly #frames: Frames
  /** By turn, in the order in which they asked. */
  readonly #asked = new Map<object, Set<() => void>>()
  #awaited = false
  #ranIn: number | null = null
  #taken = false
  #nextTaken = false
  #coming = false
  #leftAlone = 0

  constructor(frames: Frames) {
    this.#frames = frames
  }

  turn(): Turn {
    const self = {}
    return {
      deferred: listener => ({
        ask: () => {
          const asked = this.#asked.get(self)
          if (asked !== undefined) return void asked.add(listener)
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

  /** After the changes of a frame were told: who asked first need not wait for the next one. */
  changed(frame: number): void {
    this.#coming = false
    this.#run(frame)
  }

  #run(frame: number): void {
    const first = frame !== this.#ranIn
    this.#ranIn = frame
    if (first) {
      this.#taken ||= this.#nextTaken
      this.#nextTaken = false
    }
    if (first && this.#asked.size > 0) {
      if (this.#taken && this.#leftAlone < MOST_LEFT_ALONE) this.#leftAlone++
      else {
        this.#leftAlone = 0
        for (const [turn, listeners] of [...this.#asked].slice(0, this.#frames.hidden() ? undefined : 1)) {
          this.#asked.delete(turn)
          for (const listener of listeners) listener()
        }
      }
    }
    this.#taken = false
    if (this.#asked.size > 0) this.#await()
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
