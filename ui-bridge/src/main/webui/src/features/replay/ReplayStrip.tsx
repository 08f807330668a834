import { channels, type MarketStatusRow } from '../../shared/contract'
import type { Cell } from '../../shared/link/board'
import { useChannel, useSelected } from '../../shared/link/hooks'
import { useNow } from '../../shared/useNow'
import { venueNow } from '../../shared/venueClock'
import { useReplay } from './useReplay'

const SPEEDS = ['1', '2', '5', '20', 'max']

const rowsOf = (cells: ReadonlyMap<string, Cell>) =>
  [...cells.values()].map(cell => cell.data as MarketStatusRow | null)

export function useVenueRow(venue: string): MarketStatusRow | undefined {
  useChannel(channels.status)
  const rows = useSelected(channels.status, rowsOf)
  return rows.find(row => row?.venue === venue && row.symbol === undefined) ?? undefined
}

/** The player's buttons in the header, only where a recording is played. */
export function ReplayStrip({ venue }: { venue: string }) {
  const status = useVenueRow(venue)
  const { replay, control } = useReplay(venue === 'replay')
  const now = Math.max(useNow(), Date.now())
  if (replay === undefined || status === undefined) return null
  const paused = Number(status.rate) === 0
  const clock = venueNow(status, now)
  return (
    <span className="replay" data-testid="replay-strip">
      <button
        type="button"
        className="icon-button"
        aria-label={paused ? 'Play' : 'Pause'}
        data-testid="replay-toggle"
        onClick={() => void control(paused ? { action: 'resume' } : { action: 'pause' })}
      >
        {paused ? '▶' : '❚❚'}
      </button>
      <select
        aria-label="Replay speed"
        data-testid="replay-speed"
        value={SPEEDS.includes(replay.speed) ? replay.speed : ''}
        onChange={({ target }) => void control({ action: 'resume', speed: target.value })}
      >
        {!SPEEDS.includes(replay.speed) && <option value="">{replay.speed}×</option>}
        {SPEEDS.map(speed => (
          <option key={speed} value={speed}>
            {speed === 'max' ? 'max' : `${speed}×`}
          </option>
        ))}
      </select>
      {clock !== null && <ReplayClock at={new Date(clock).toISOString()} />}
    </span>
  )
}

function ReplayClock({ at }: { at: string }) {
  return (
    <span
      className="replay-clock num"
      title="The recording's time, UTC"
      data-testid="replay-clock"
      data-value={at}
    >
      <small>{at.slice(0, 10)}</small>
      {at.slice(11, 19)}
    </span>
  )
}
