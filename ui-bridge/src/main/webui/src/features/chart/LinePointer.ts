import type { Hit, OrderLines } from './OrderLines'

export interface LineGrip {
  grab(hit: Hit): void
  moveTo(ticks: bigint): void
  drop(): void
  abandon(): void
  press(hit: Hit): void
  /** Whether the chart itself may be scrolled and scaled. */
  scrolling(on: boolean): void
}

const MOUSE_PX = 8
const TOUCH_PX = 18

/**
 * Mouse, pen and finger over the lines of one chart. Listens before the chart does, so that a line in the hand is never
 * the chart being scrolled; whatever takes the pointer away puts the line back.
 */
export class LinePointer {
  readonly #element: HTMLElement
  readonly #lines: OrderLines
  readonly #grip: LineGrip
  readonly #stop = new AbortController()
  #held: number | null = null
  #pressed: Hit | null = null

  constructor(element: HTMLElement, lines: OrderLines, grip: LineGrip) {
    this.#element = element
    this.#lines = lines
    this.#grip = grip
    const on = <K extends keyof HTMLElementEventMap>(name: K, run: (event: HTMLElementEventMap[K]) => void) =>
      element.addEventListener(name, run as EventListener, { capture: true, signal: this.#stop.signal })
    on('pointerdown', event => this.#down(event))
    on('pointermove', event => this.#move(event))
    on('pointerup', event => this.#up(event))
    on('pointercancel', () => this.#abandon())
    on('lostpointercapture', () => this.#abandon())
    on('pointerleave', () => this.#lines.hover(null))
    window.addEventListener(
      'keydown',
      event => {
        if (event.key !== 'Escape' || (this.#held === null && this.#pressed === null)) return
        event.stopPropagation()
        this.#abandon()
      },
      { capture: true, signal: this.#stop.signal },
    )
    window.addEventListener('blur', () => this.#abandon(), { signal: this.#stop.signal })
  }

  dispose(): void {
    this.#abandon()
    this.#stop.abort()
  }

  #hit(event: PointerEvent): Hit | null {
    const { left, top } = this.#element.getBoundingClientRect()
    return this.#lines.hit(
      event.clientX - left,
      event.clientY - top,
      event.pointerType === 'mouse' ? MOUSE_PX : TOUCH_PX,
    )
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0 || !event.isPrimary) return
    const hit = this.#hit(event)
    if (hit === null || (!hit.button && hit.line.whyFixed !== null)) return
    event.preventDefault()
    event.stopPropagation()
    this.#grip.scrolling(false)
    this.#element.setPointerCapture(event.pointerId)
    if (hit.button) {
      this.#pressed = hit
      return
    }
    this.#held = event.pointerId
    this.#grip.grab(hit)
  }

  #move(event: PointerEvent): void {
    if (this.#held === null) {
      if (event.pointerType === 'mouse' && event.buttons === 0)
        this.#lines.hover(this.#hit(event)?.line.id ?? null)
      return
    }
    if (event.pointerId !== this.#held) return
    event.stopPropagation()
    const box = this.#element.getBoundingClientRect()
    const outside =
      event.clientX < box.left ||
      event.clientX > box.right ||
      event.clientY < box.top ||
      event.clientY > box.bottom
    if (outside) return this.#abandon()
    const ticks = this.#lines.ticksAt(event.clientY - box.top)
    if (ticks !== null) this.#grip.moveTo(ticks)
  }

  #up(event: PointerEvent): void {
    const pressed = this.#pressed
    if (pressed !== null) {
      this.#pressed = null
      this.#grip.scrolling(true)
      const hit = this.#hit(event)
      if (hit?.button && hit.line.id === pressed.line.id) this.#grip.press(hit)
      return
    }
    if (event.pointerId !== this.#held) return
    event.stopPropagation()
    this.#held = null
    this.#grip.drop()
    this.#grip.scrolling(true)
  }

  #abandon(): void {
    if (this.#held === null && this.#pressed === null) return
    this.#held = null
    this.#pressed = null
    this.#grip.abandon()
    this.#grip.scrolling(true)
  }
}
