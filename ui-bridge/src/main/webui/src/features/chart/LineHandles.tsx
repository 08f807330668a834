import { type KeyboardEvent, type Ref, useRef } from 'react'
import type { InstrumentRow } from '../../shared/contract'
import { formatPrice, formatTicks } from '../../shared/ticks'
import { actions } from '../actions/actions'
import type { DragEvent } from './drag'
import { type Line, spoken } from './lines'

interface LineHandlesProps {
  ref: Ref<HTMLDivElement>
  lines: readonly Line[]
  instrument: InstrumentRow
  tell: (event: DragEvent) => void
}

/** The lines for whoever has no pointer: Tab to one, arrows move it, Enter sends, Escape puts it back, Delete cancels. */
export function LineHandles({ ref, lines, instrument, tell }: LineHandlesProps) {
  return (
    <div className="line-handles" ref={ref}>
      {lines.map(line => (
        <LineHandle key={line.id} line={line} instrument={instrument} tell={tell} />
      ))}
    </div>
  )
}

interface LineHandleProps {
  line: Line
  instrument: InstrumentRow
  tell: (event: DragEvent) => void
}

function LineHandle({ line, instrument, tell }: LineHandleProps) {
  const byKey = useRef(false)
  const ticks = line.held && line.ghost !== null ? line.ghost : line.ticks
  const price = formatPrice(formatTicks(ticks, instrument.tickSize), instrument.tickSize)
  const letGo = (event: DragEvent) => {
    if (!byKey.current) return
    byKey.current = false
    tell(event)
  }
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowUp: 1n, ArrowDown: -1n, PageUp: 10n, PageDown: -10n }[event.key]
    if (step !== undefined && line.whyFixed === null) {
      if (!line.held) tell({ kind: 'grabbed', handle: line.handle })
      byKey.current = true
      tell({ kind: 'moved', to: ticks + step * (event.shiftKey ? 10n : 1n) })
    } else if (event.key === 'Enter') letGo({ kind: 'dropped' })
    else if (event.key === 'Escape') letGo({ kind: 'abandoned' })
    else if (event.key === 'Delete' && line.order !== null && line.cancellable)
      void actions.cancel(line.order)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      className={`line-handle tone-${line.tone}`}
      role="slider"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={spoken(line.label, line.pnl)}
      aria-valuenow={Number(ticks)}
      aria-valuetext={`${price}${line.held ? ', moving' : line.pending ? ', change on its way' : ''}`}
      aria-disabled={line.whyFixed !== null}
      title={line.whyFixed ?? 'Arrow keys move, Enter sends, Escape puts back'}
      data-line={line.id}
      data-testid={`line-${line.id}`}
      data-price={formatTicks(line.ticks, instrument.tickSize)}
      data-ghost={line.ghost === null ? '' : formatTicks(line.ghost, instrument.tickSize)}
      data-pending={line.pending}
      data-held={line.held}
      onKeyDown={onKey}
      onBlur={() => letGo({ kind: 'abandoned' })}
    />
  )
}
