import { memo, useState } from 'react'
import { channels, type TradePrint } from '../../shared/contract'
import type { Cell } from '../../shared/link/board'
import { useChannel, useConnected, useSelected } from '../../shared/link/hooks'
import { Panel, type PanelSubject } from '../../shared/Panel'
import { formatPrice } from '../../shared/ticks'

const SHOWN = 120

function newestPrints(cells: ReadonlyMap<string, Cell>): readonly TradePrint[] {
  return [...cells.values()]
    .flatMap(cell => (cell.data === null ? [] : [cell.data as TradePrint]))
    .sort((a, b) => b.tradeId - a.tradeId)
    .slice(0, SHOWN)
}

/** Every print of the market, the newest first. */
export function TimeAndSales({ instrument, subject }: PanelSubject) {
  const { symbol, tickSize } = instrument
  const channel = channels.tape(symbol)
  useChannel(channel)
  const [least, setLeast] = useState(1)
  const prints = useSelected(channel, newestPrints).filter(print => print.qty >= least)
  const largest = Math.max(10, ...prints.map(print => print.qty))
  const stale = !useConnected()
  return (
    <Panel
      title="Time & sales"
      subject={subject}
      className={`tape ${stale ? 'is-stale' : ''}`}
      testId="tape"
      aside={
        <label className="inline-label">
          from
          <input
            className="tiny-input num"
            type="number"
            min={1}
            max={999}
            value={least}
            onChange={event => setLeast(Math.max(1, Number(event.target.value) || 1))}
          />
          lots
        </label>
      }
    >
      {prints.length === 0 ? (
        <p className="empty">No trade was seen yet.</p>
      ) : (
        <ol className="tape-list">
          {prints.map(print => (
            <Print key={print.tradeId} print={print} tickSize={tickSize} large={print.qty * 2 >= largest} />
          ))}
        </ol>
      )}
    </Panel>
  )
}

interface PrintProps {
  print: TradePrint
  tickSize: string
  large: boolean
}

/** With every print there is one more; the others are what they were. */
const Print = memo(function Print({ print, tickSize, large }: PrintProps) {
  const side = print.aggressor === undefined ? '' : `tape-${print.aggressor.toLowerCase()}`
  return (
    <li className={`tape-row ${side} ${large ? 'tape-large' : ''}`}>
      <span className="num muted">{print.venueTime.slice(11, 23)}</span>
      <span className="num tape-px">{formatPrice(print.px, tickSize)}</span>
      <span className="num tape-qty">{print.qty}</span>
    </li>
  )
})
