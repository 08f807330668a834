import { useCallback } from 'react'
import { channels, type PositionRow } from '../../shared/contract'
import { LiveMoney } from '../../shared/Live'
import type { Board } from '../../shared/link/board'
import { usePart } from '../../shared/link/hooks'
import { netText } from '../positions/positions'

const QUICK = [1, 2, 3, 5, 10]

interface LadderBarProps {
  qty: number
  onQty: (qty: number) => void
  armed: boolean
  account: string
  symbol: string
  onCentre: () => void
}

export function LadderBar({ qty, onQty, armed, account, symbol, onCentre }: LadderBarProps) {
  return (
    <div className={`ladder-bar ${armed ? 'ladder-armed' : ''}`}>
      <span className="segmented">
        {QUICK.map(each => (
          <button key={each} type="button" aria-pressed={each === qty} onClick={() => onQty(each)}>
            {each}
          </button>
        ))}
      </span>
      <input
        className="tiny-input num"
        type="number"
        min={1}
        max={9999}
        aria-label="Lots per click"
        data-testid="ladder-qty"
        value={qty}
        onChange={event => onQty(Math.max(1, Math.trunc(Number(event.target.value)) || 1))}
      />
      <Held account={account} symbol={symbol} />
      <span className="bar-space" />
      <button type="button" className="icon-button" aria-label="Centre on the market" onClick={onCentre}>
        ◎
      </button>
    </div>
  )
}

function Held({ account, symbol }: { account: string; symbol: string }) {
  const channel = channels.positions(account)
  const net = usePart(channel, symbol, netOf)
  const pnl = useCallback(
    (board: Board) =>
      (board.cell(channel, symbol)?.data as PositionRow | null | undefined)?.unrealizedPnl ?? '',
    [channel, symbol],
  )
  return (
    <>
      <span className={`num side ${net === 0 ? 'muted' : net > 0 ? 'side-buy' : 'side-sell'}`}>
        {netText(net)}
      </span>
      {net !== 0 && (
        <span>
          <LiveMoney channel={channel} say={pnl} pnl />
        </span>
      )}
    </>
  )
}

const netOf = (row: PositionRow | undefined) => row?.netQty ?? 0
