import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import {
  channels,
  type InstrumentRow,
  isTerminal,
  type OrderRow,
  type PositionRow,
  type Problem,
} from '../../shared/contract'
import type { Cell } from '../../shared/link/board'
import { useConnected, useLink } from '../../shared/link/hooks'
import { formatTicks } from '../../shared/ticks'
import { actions } from '../actions/actions'
import { toast } from '../toasts/toasts'
import { type DragEvent, type Drags, decide, type Effect, NO_DRAGS } from './drag'
import { legAt } from './lines'

/** The drags of one chart or ladder, with their effects. Orders are judged by the rows of the socket as they come. */
export function useDrags(
  accountId: string,
  instrument: InstrumentRow,
  position: () => PositionRow | undefined,
): readonly [Drags, (event: DragEvent) => void] {
  const link = useLink()
  const [drags, setDrags] = useState(NO_DRAGS)
  const state = useRef(NO_DRAGS)
  const { tickSize, symbol } = instrument

  const tell = useMemo(() => {
    const run = (effect: Effect): void => {
      switch (effect.kind) {
        case 'send': {
          const { clOrdId, field, ticks, version } = effect
          void actions
            .replace(accountId, clOrdId, { expectedVersion: version, [field]: formatTicks(ticks, tickSize) })
            .then(outcome => {
              if (outcome.kind === 'ok') say({ kind: 'taken', clOrdId, row: outcome.value })
              else if (outcome.kind === 'refused') say({ kind: 'refused', clOrdId, problem: outcome.problem })
              else say({ kind: 'lost', clOrdId, why: outcome.why })
            })
          return
        }
        case 'protect':
          return protect(effect.ticks)
        case 'reverted':
          return toast({
            kind: 'refused',
            title: `${symbol}: back to the old price`,
            problem: inWords(effect.problem),
          })
        case 'unknown':
          return toast({
            kind: 'unknown',
            title: `${symbol}: not known whether the change arrived`,
            detail: `${effect.why}. The line shows the price that is known to be true.`,
          })
      }
    }
    const protect = (ticks: bigint): void => {
      const held = position()
      if (held === undefined || held.netQty === 0) return
      const leg = legAt(ticks, held, instrument)
      const price = formatTicks(ticks, tickSize)
      const there = protecting(link.board.cells(channels.orders(accountId)), symbol, leg)
      // One that is there moves; a second one beside it would close more than there is.
      if (there !== undefined) {
        const field = leg === 'stopLoss' ? { stopPx: price } : { price }
        void actions.replaceTold(
          there,
          { expectedVersion: there.version, ...field },
          `Protection of ${symbol} to ${price}`,
        )
      } else
        void actions.bracket(
          accountId,
          symbol,
          leg === 'stopLoss' ? { stopLoss: { price } } : { takeProfit: [{ price }] },
        )
    }
    const say = (event: DragEvent): void => {
      const [next, effects] = decide(state.current, event, tickSize)
      if (next !== state.current) {
        state.current = next
        setDrags(next)
      }
      for (const effect of effects) run(effect)
    }
    return say
  }, [accountId, symbol, tickSize, instrument, position, link])

  useEffect(() => {
    const channel = channels.orders(accountId)
    const look = () => {
      const { gesture, wishes } = state.current
      const held = gesture?.handle.kind === 'order' ? [gesture.handle.clOrdId] : []
      for (const clOrdId of new Set([...held, ...wishes.keys()])) {
        const row = link.board.cell(channel, clOrdId)?.data as OrderRow | null | undefined
        if (row) tell({ kind: 'seen', row })
      }
    }
    return link.board.subscribe(channel, null, look)
  }, [link, accountId, tell])

  const connected = useConnected()
  useEffect(() => {
    if (!connected) tell({ kind: 'abandoned' })
  }, [connected, tell])

  return [drags, useCallback((event: DragEvent) => tell(event), [tell])]
}

/** The one leg of that kind that works on the instrument; with several nobody can know which is meant. */
function protecting(
  cells: ReadonlyMap<string, Cell>,
  symbol: string,
  leg: 'stopLoss' | 'takeProfit',
): OrderRow | undefined {
  const role = leg === 'stopLoss' ? 'STOP_LOSS' : 'TAKE_PROFIT'
  const rows = [...cells.values()]
    .flatMap(cell => (cell.data === null ? [] : [cell.data as OrderRow]))
    .filter(row => row.symbol === symbol && row.role === role && !isTerminal(row.ordStatus))
  return rows.length === 1 ? rows[0] : undefined
}

function inWords(problem: Problem): Problem {
  return problem.reason === 'STALE_VERSION'
    ? { ...problem, detail: `Changed meanwhile: look again, then drag once more. ${problem.detail}` }
    : problem
}
