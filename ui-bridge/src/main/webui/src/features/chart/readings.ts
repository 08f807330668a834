import type { BarRow } from '../../shared/contract'
import type { Turn } from '../../shared/link/turns'
import type { CandleChart } from './CandleChart'

/** What is under the crosshair, or the newest bar. */
export interface Reading {
  row: BarRow
  before: BarRow | undefined
}

/** What the legend says; told apart from the panel, which would render with every trade. */
export class Readings {
  readonly #listeners = new Set<() => void>()
  #chart: CandleChart | null = null
  #hovered: Reading | null = null
  #shown: Reading | null = null

  of(chart: CandleChart | null): void {
    this.#chart = chart
    this.#hovered = null
    chart?.onCrosshair(at => {
      this.#hovered = at
      this.#show(at ?? chart.newest())
    })
    this.#show(chart?.newest() ?? null)
  }

  barsChanged(): void {
    if (this.#hovered === null) this.#show(this.#chart?.newest() ?? null)
  }

  readonly now = (): Reading | null => this.#shown

  subscribe(turn: Turn, listener: () => void): () => void {
    const { ask, stop } = turn.deferred(listener)
    this.#listeners.add(ask)
    return () => {
      this.#listeners.delete(ask)
      stop()
    }
  }

  #show(reading: Reading | null): void {
    this.#shown = reading
    for (const listener of [...this.#listeners]) listener()
  }
}
