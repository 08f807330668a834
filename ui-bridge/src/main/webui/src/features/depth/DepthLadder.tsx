import { channels, type DepthLevel, type DepthRow, type InstrumentRow } from '../../shared/contract'
import { useCell, useChannel, useLiveness } from '../../shared/link/hooks'
import { Panel } from '../../shared/Panel'
import { formatPrice } from '../../shared/ticks'

const LEVELS = 10

interface DepthLadderProps {
  instrument: InstrumentRow
  /** A price of the ladder goes into the ticket; it never sends anything by itself. */
  onPick: (price: string) => void
}

export function DepthLadder({ instrument, onPick }: DepthLadderProps) {
  const { symbol, tickSize } = instrument
  const channel = channels.depth(symbol)
  useChannel(channel)
  const depth = useCell<DepthRow>(channel)?.data ?? undefined
  const stale = useLiveness().kind !== 'live'
  const bids = (depth?.bids ?? []).slice(0, LEVELS)
  const asks = (depth?.asks ?? []).slice(0, LEVELS)
  const largest = Math.max(1, ...[...bids, ...asks].map(([, qty]) => qty))
  const row = (side: 'bid' | 'ask', level: DepthLevel | undefined, index: number) => (
    <LadderRow
      key={`${side}${index}`}
      side={side}
      index={index}
      level={level}
      tickSize={tickSize}
      share={level === undefined ? 0 : level[1] / largest}
      onPick={onPick}
    />
  )
  const rows = Array.from({ length: LEVELS }, (_, index) => index)
  return (
    <Panel title="Depth" about={symbol} className={`depth ${stale ? 'is-stale' : ''}`} testId="depth-ladder">
      <table className="ladder">
        <thead>
          <tr>
            <th scope="col">Bid size</th>
            <th scope="col">Price</th>
            <th scope="col">Ask size</th>
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map(index => row('ask', asks[index], index))}
          {rows.map(index => row('bid', bids[index], index))}
        </tbody>
      </table>
    </Panel>
  )
}

interface LadderRowProps {
  side: 'bid' | 'ask'
  index: number
  level: DepthLevel | undefined
  tickSize: string
  share: number
  onPick: (price: string) => void
}

function LadderRow({ side, index, level, tickSize, share, onPick }: LadderRowProps) {
  const size = (
    <td className={`num ladder-size ladder-${side}`}>
      <span className="ladder-bar" style={{ transform: `scaleX(${share})` }} aria-hidden="true" />
      <span className="ladder-qty" data-testid={`depth-${side}-qty-${index}`}>
        {level?.[1] ?? ''}
      </span>
    </td>
  )
  return (
    <tr className={`ladder-row ladder-row-${side} ${index === 0 ? 'is-best' : ''}`}>
      {side === 'bid' ? size : <td />}
      <td className="ladder-price">
        {level !== undefined && (
          <button
            type="button"
            className="num ladder-pick"
            title="Put this price into the ticket"
            data-testid={`depth-${side}-px-${index}`}
            data-value={level[0]}
            onClick={() => onPick(level[0])}
          >
            {formatPrice(level[0], tickSize)}
          </button>
        )}
      </td>
      {side === 'ask' ? size : <td />}
    </tr>
  )
}
