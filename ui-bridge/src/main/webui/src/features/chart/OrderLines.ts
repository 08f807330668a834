import type { CanvasRenderingTarget2D } from 'fancy-canvas'
import type {
  AutoscaleInfo,
  IPrimitivePaneView,
  ISeriesApi,
  ISeriesPrimitive,
  ISeriesPrimitiveAxisView,
  PrimitiveHoveredItem,
  SeriesAttachedParameter,
  SeriesType,
  Time,
} from 'lightweight-charts'
import { type Line, POSITION_LINE, type Profit } from './lines'

export interface Palette {
  surface: string
  text: string
  muted: string
  onFill: string
  buy: string
  sell: string
  stop: string
  target: string
  position: string
  gain: string
  loss: string
  warn: string
}

/** What is under a pointer: a line, and whether it is its cancel button. */
export interface Hit {
  line: Line
  button: boolean
}

interface Box {
  line: Line
  left: number
  right: number
  y: number
  button: number | null
}

const LABEL_HEIGHT = 18
const BUTTON = 18
const PAD = 7
export const FONT_FAMILY = '"Inter Variable", system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif'
const FONT = `500 11px ${FONT_FAMILY}`
/** Lines further from the market than this do not pull the price scale with them. */
const REACH_TICKS = 60

/**
 * All order lines of a chart as ONE series primitive: one pass paints them, one hit test finds them, so lines that lie
 * close together do not steal each other's pointer. It paints what it is told and knows nothing of orders.
 */
export class OrderLines implements ISeriesPrimitive<Time> {
  #lines: readonly Line[] = []
  #boxes: Box[] = []
  #palette: Palette
  #tick: number
  #last: number | null = null
  #hovered: string | null = null
  #frozenScale: AutoscaleInfo | null = null
  #series: ISeriesApi<SeriesType, Time> | null = null
  #requestUpdate: () => void = () => {}
  readonly #onPlaced: (at: ReadonlyMap<string, number>) => void
  readonly #views: readonly IPrimitivePaneView[]
  #axisViews: readonly ISeriesPrimitiveAxisView[] = []

  /** `onPlaced` is told where each line is (pixels from the top), for what is laid over the chart. */
  constructor(tickSize: number, palette: Palette, onPlaced: (at: ReadonlyMap<string, number>) => void) {
    this.#tick = tickSize
    this.#palette = palette
    this.#onPlaced = onPlaced
    this.#views = [{ zOrder: () => 'top', renderer: () => ({ draw: target => this.#draw(target) }) }]
  }

  attached({ series, requestUpdate }: SeriesAttachedParameter<Time>): void {
    this.#series = series
    this.#requestUpdate = requestUpdate
  }

  detached(): void {
    this.#series = null
    this.#requestUpdate = () => {}
  }

  show(lines: readonly Line[]): void {
    this.#lines = lines
    if (!lines.some(line => line.held)) this.#frozenScale = null
    this.#axisViews = lines.flatMap(line => this.#axisViewsOf(line))
    this.#requestUpdate()
  }

  /** The position's line as the market has it now; whether that is another than it says. */
  earns({ label, pnl, pnlSign }: Profit): boolean {
    const line = this.#lines.find(each => each.id === POSITION_LINE)
    if (line === undefined || line.label !== label || line.pnl === pnl) return false
    this.#lines = this.#lines.map(each => (each === line ? { ...line, pnl, pnlSign } : each))
    this.#requestUpdate()
    return true
  }

  paintWith(palette: Palette): void {
    this.#palette = palette
    this.show(this.#lines)
  }

  marketAt(price: number): void {
    this.#last = price
  }

  hover(id: string | null): void {
    if (id === this.#hovered) return
    this.#hovered = id
    this.#requestUpdate()
  }

  /** The nearest line within `tolerance` pixels; a label or button under the pointer comes before any line. */
  hit(x: number, y: number, tolerance: number): Hit | null {
    const slack = (tolerance - 8) / 2
    for (const box of this.#boxes) {
      if (Math.abs(y - box.y) > LABEL_HEIGHT / 2 + Math.max(0, slack)) continue
      if (box.button !== null && x >= box.button - slack && x <= box.button + BUTTON + slack)
        return { line: box.line, button: true }
      if (x >= box.left && x <= box.right) return { line: box.line, button: false }
    }
    let nearest: Line | null = null
    let distance = tolerance
    for (const line of this.#lines) {
      const at = this.#y(line.ticks)
      if (at === null || Math.abs(at - y) > distance) continue
      distance = Math.abs(at - y)
      nearest = line
    }
    return nearest === null ? null : { line: nearest, button: false }
  }

  /** For the library's own hover; pointers are listened to by LinePointer. */
  hitTest(x: number, y: number): PrimitiveHoveredItem | null {
    const hit = this.hit(x, y, 8)
    if (hit === null) return null
    const cursorStyle = hit.button ? 'pointer' : hit.line.whyFixed === null ? 'ns-resize' : 'not-allowed'
    return { externalId: hit.line.id, zOrder: 'top', cursorStyle, distance: 0 }
  }

  ticksAt(y: number): bigint | null {
    const price = this.#series?.coordinateToPrice(y) ?? null
    return price === null ? null : BigInt(Math.round(price / this.#tick))
  }

  updateAllViews(): void {
    const placed = new Map<string, number>()
    for (const line of this.#lines) {
      const y = this.#y(line.ghost ?? line.ticks)
      if (y !== null) placed.set(line.id, y)
    }
    this.#onPlaced(placed)
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#views
  }

  priceAxisViews(): readonly ISeriesPrimitiveAxisView[] {
    return this.#axisViews
  }

  /** While a line is in the hand the scale stands still. */
  autoscaleInfo(): AutoscaleInfo | null {
    if (this.#lines.some(line => line.held) && this.#frozenScale !== null) return this.#frozenScale
    const last = this.#last
    if (last === null) return null
    const near = this.#lines
      .map(line => Number(line.ticks) * this.#tick)
      .filter(price => Math.abs(price - last) <= REACH_TICKS * this.#tick)
    if (near.length === 0) return null
    this.#frozenScale = {
      priceRange: { minValue: Math.min(...near) - this.#tick, maxValue: Math.max(...near) + this.#tick },
    }
    return this.#frozenScale
  }

  #y(ticks: bigint): number | null {
    return this.#series?.priceToCoordinate(Number(ticks) * this.#tick) ?? null
  }

  #axisViewsOf(line: Line): readonly ISeriesPrimitiveAxisView[] {
    const view = (ticks: bigint, ghost: boolean): ISeriesPrimitiveAxisView => ({
      coordinate: () => this.#y(ticks) ?? -100,
      text: () => this.#series?.priceFormatter().format(Number(ticks) * this.#tick) ?? '',
      textColor: () => (ghost ? this.#palette.text : this.#palette.onFill),
      backColor: () => (ghost ? this.#palette.surface : this.#palette[line.tone]),
    })
    return line.ghost === null ? [view(line.ticks, false)] : [view(line.ticks, false), view(line.ghost, true)]
  }

  #draw(target: CanvasRenderingTarget2D): void {
    // biome-ignore lint/correctness/useHookAtTopLevel: a method of the canvas, not a hook
    target.useMediaCoordinateSpace(({ context, mediaSize }) => {
      context.save()
      context.font = FONT
      context.textBaseline = 'middle'
      this.#boxes = []
      let above = 0
      let below = 0
      for (const line of this.#lines) {
        const y = this.#y(line.ticks)
        if (y === null) continue
        if (y < 0) above++
        else if (y > mediaSize.height) below++
        this.#drawLine(context, line, y, mediaSize.width)
      }
      // After all lines, so that none strikes a label through.
      for (const line of this.#lines) {
        const y = this.#y(line.ticks)
        if (y !== null) this.#drawLabels(context, line, y, mediaSize.width)
      }
      if (above > 0) this.#drawHint(context, `▲ ${above} above`, mediaSize.width, 30)
      if (below > 0) this.#drawHint(context, `▼ ${below} below`, mediaSize.width, mediaSize.height - 10)
      context.restore()
    })
  }

  #drawHint(context: CanvasRenderingContext2D, text: string, width: number, y: number): void {
    context.fillStyle = this.#palette.muted
    context.textAlign = 'right'
    context.fillText(text, width - 8, y)
    context.textAlign = 'left'
  }

  #drawLine(context: CanvasRenderingContext2D, line: Line, y: number, width: number): void {
    const colour = this.#palette[line.tone]
    const hovered = this.#hovered === line.id || line.held
    context.globalAlpha = fadedBy(line)
    stroke(
      context,
      colour,
      y,
      width,
      line.tone === 'position' ? [] : line.pending ? [2, 4] : [6, 3],
      hovered ? 2 : 1,
    )
    context.globalAlpha = 1
    const ghostY = line.ghost === null ? null : this.#y(line.ghost)
    if (ghostY !== null) stroke(context, colour, ghostY, width, line.held ? [] : [3, 3], line.held ? 2 : 1)
  }

  #drawLabels(context: CanvasRenderingContext2D, line: Line, y: number, width: number): void {
    const right = this.#freeRight(y, width - 8)
    context.globalAlpha = fadedBy(line)
    this.#drawLabel(context, line, right, y)
    context.globalAlpha = 1
    const ghostY = line.ghost === null ? null : this.#y(line.ghost)
    if (ghostY === null) return
    const text = `${line.held ? '' : line.doubt ? '? ' : '… '}${line.ghostLabel}`
    const textWidth = context.measureText(text).width + PAD * 2
    const left = Math.max(4, right - textWidth - 190)
    fillBox(
      context,
      left,
      ghostY - LABEL_HEIGHT / 2,
      textWidth,
      this.#palette.surface,
      this.#palette[line.tone],
    )
    context.fillStyle = this.#palette.text
    context.fillText(text, left + PAD, ghostY + 0.5)
  }

  #drawLabel(context: CanvasRenderingContext2D, line: Line, right: number, y: number): void {
    const palette = this.#palette
    const name = line.doubt ? `${line.label} ?` : line.label
    const nameWidth = context.measureText(name).width
    const pnlWidth = line.pnl === '' ? 0 : widthOf(context, line.pnl) + PAD
    const button = line.cancellable ? BUTTON : 0
    const full = PAD * 2 + nameWidth + pnlWidth + button
    const left = right - full
    fillBox(context, left, y - LABEL_HEIGHT / 2, full, palette.surface, palette[line.tone])
    context.fillStyle = palette[line.tone]
    context.fillText(name, left + PAD, y + 0.5)
    if (line.pnl !== '') {
      context.fillStyle = line.pnlSign < 0 ? palette.loss : line.pnlSign > 0 ? palette.gain : palette.muted
      context.fillText(line.pnl, left + PAD * 2 + nameWidth, y + 0.5)
    }
    if (line.cancellable) {
      const middle = right - BUTTON / 2
      context.strokeStyle = palette.text
      context.lineWidth = 1.4
      context.beginPath()
      context.moveTo(middle - 3.5, y - 3.5)
      context.lineTo(middle + 3.5, y + 3.5)
      context.moveTo(middle + 3.5, y - 3.5)
      context.lineTo(middle - 3.5, y + 3.5)
      context.stroke()
    }
    this.#boxes.push({ line, left, right, y, button: line.cancellable ? right - BUTTON : null })
  }

  /** Labels of lines that lie close together stand side by side. */
  #freeRight(y: number, right: number): number {
    const near = this.#boxes.filter(box => Math.abs(box.y - y) < LABEL_HEIGHT)
    return near.length === 0 ? right : Math.min(...near.map(box => box.left)) - 4
  }
}

/** What is about to be elsewhere. */
const fadedBy = (line: Line) => (line.pending && line.ghost !== null ? 0.45 : 1)

/** As wide as with other digits: the box must not tremble while the profit changes. */
function widthOf(context: CanvasRenderingContext2D, figure: string): number {
  return context.measureText(figure.replaceAll(/\d/g, '0')).width
}

function stroke(
  context: CanvasRenderingContext2D,
  colour: string,
  y: number,
  width: number,
  dash: readonly number[],
  thickness: number,
): void {
  context.strokeStyle = colour
  context.lineWidth = thickness
  context.setLineDash([...dash])
  context.beginPath()
  context.moveTo(0, Math.round(y) + 0.5)
  context.lineTo(width, Math.round(y) + 0.5)
  context.stroke()
  context.setLineDash([])
}

function fillBox(
  context: CanvasRenderingContext2D,
  left: number,
  top: number,
  width: number,
  fill: string,
  border: string,
): void {
  context.fillStyle = fill
  context.strokeStyle = border
  context.lineWidth = 1
  context.beginPath()
  context.roundRect(Math.round(left) + 0.5, Math.round(top) + 0.5, Math.round(width), LABEL_HEIGHT, 3)
  context.fill()
  context.stroke()
}
