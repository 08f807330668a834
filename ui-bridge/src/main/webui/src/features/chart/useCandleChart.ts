import { useQueryClient } from '@tanstack/react-query'
import { type RefObject, useEffect, useEffectEvent, useState } from 'react'
import { type BarRow, channels, type InstrumentRow, type Page } from '../../shared/contract'
import { useLink } from '../../shared/link/hooks'
import { queryKeys } from '../../shared/queryKeys'
import { get } from '../../shared/rest'
import type { ChartSettings } from '../../shared/settings'
import { Bars, hasHole, intervalSeconds } from './bars'
import { CandleChart } from './CandleChart'
import type { LineGrip } from './LinePointer'
import { LinePointer } from './LinePointer'

const PAGE = 600
const JUST_NOW_MS = 5_000

export type History = 'loading' | 'ready' | 'failed'

export interface MountedChart {
  chart: CandleChart
  bars: Bars
}

interface Wiring {
  grip: LineGrip
  onPlaced: (at: ReadonlyMap<string, number>) => void
  onBars: () => void
  /** So many bars were there already. */
  onHistory: (count: number) => void
}

const byStart = (a: BarRow, b: BarRow) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0)

/** Apart from the effect: the engine keeps the last query's function, and with it all that it can see, such as a chart. */
function pageOf(query: string) {
  return ({ signal }: { signal: AbortSignal }) => get<Page<BarRow>>(`/api/bars?${query}`, signal)
}

/**
 * A chart in `host` for as long as instrument and interval stay the same. The channel is followed first and the history
 * asked for then, so that nothing falls between them; afterwards REST is silent unless the socket left a hole.
 */
export function useCandleChart(
  host: RefObject<HTMLElement | null>,
  instrument: InstrumentRow,
  interval: string,
  settings: ChartSettings,
  wiring: Wiring,
): readonly [MountedChart | null, History] {
  const link = useLink()
  const queries = useQueryClient()
  const [mounted, setMounted] = useState<MountedChart | null>(null)
  const [history, setHistory] = useState<History>('loading')
  const onPlaced = useEffectEvent(wiring.onPlaced)
  const onBars = useEffectEvent(wiring.onBars)
  const onHistory = useEffectEvent(wiring.onHistory)
  const grip = useEffectEvent(() => wiring.grip)
  const settingsNow = useEffectEvent(() => settings)
  const { symbol } = instrument

  useEffect(() => {
    const element = host.current
    const seconds = intervalSeconds(interval)
    if (element === null || seconds === null) return
    const bars = new Bars()
    const chart = new CandleChart(element, instrument, bars, seconds, settingsNow(), at => onPlaced(at))
    const pointer = new LinePointer(chart.element, chart.lines, {
      grab: hit => grip().grab(hit),
      moveTo: ticks => grip().moveTo(ticks),
      drop: () => grip().drop(),
      abandon: () => grip().abandon(),
      press: hit => grip().press(hit),
      scrolling: on => {
        chart.scrolling(on)
        grip().scrolling(on)
      },
    })
    const channel = channels.bar(symbol, interval)
    let gone = false
    let asking = false
    let noneOlder = false
    const taken = new WeakSet<BarRow>()

    const take = (rows: readonly BarRow[]) => {
      if (gone) return
      const change = bars.add(rows)
      if (change === 'nothing') return
      const dropped = bars.dropOldest(chart.unseen())
      if (dropped) noneOlder = false
      chart.paint(dropped ? 'all' : change)
      // The chart draws itself in a frame of its own.
      link.turns.takeNext()
      onBars()
    }
    const ask = async (part: string): Promise<readonly BarRow[] | null> => {
      if (asking) return null
      asking = true
      const query = `symbol=${encodeURIComponent(symbol)}&interval=${interval}&limit=${PAGE}${part}`
      try {
        const page = await queries.fetchQuery({
          queryKey: queryKeys.bars(query),
          staleTime: JUST_NOW_MS,
          gcTime: JUST_NOW_MS,
          queryFn: pageOf(query),
        })
        return page.items
      } catch {
        return null
      } finally {
        asking = false
      }
    }
    const live = () => {
      const rows = [...link.board.cells(channel).values()]
        .flatMap(cell => (cell.data === null ? [] : [cell.data as BarRow]))
        .sort(byStart)
      const { last } = bars
      if (last !== undefined && hasHole(last, rows, seconds))
        void ask(`&from=${encodeURIComponent(last.start)}`).then(missed => missed !== null && take(missed))
      // With every trade all the bars of the channel are there again, and one of them is another.
      take(rows.filter(row => !taken.has(row)))
      for (const row of rows) taken.add(row)
    }
    const older = async () => {
      const first = bars.rows[0]
      if (noneOlder || first === undefined) return
      const rows = await ask(`&to=${encodeURIComponent(first.start)}`)
      if (rows === null) return
      noneOlder = rows.length === 0
      take(rows)
    }

    const release = link.hold(channel)
    const deaf = link.board.subscribe(channel, null, live)
    setHistory('loading')
    setMounted({ chart, bars })
    chart.onNearTheEnd(() => void older())
    let again: ReturnType<typeof setTimeout> | undefined
    const first = async () => {
      const rows = await ask('')
      if (gone) return
      setHistory(rows === null ? 'failed' : 'ready')
      if (rows === null) again = setTimeout(() => void first(), JUST_NOW_MS)
      else {
        take(rows)
        chart.spread()
        onHistory(rows.length)
      }
    }
    void first()
    live()
    return () => {
      gone = true
      clearTimeout(again)
      deaf()
      release()
      pointer.dispose()
      chart.dispose()
      setMounted(null)
    }
  }, [host, link, queries, instrument, symbol, interval])

  useEffect(() => mounted?.chart.configure(settings), [mounted, settings])
  return [mounted, history]
}
