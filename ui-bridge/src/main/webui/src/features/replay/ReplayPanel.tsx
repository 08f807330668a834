import { useState } from 'react'
import { Panel, type PanelSubject } from '../../shared/Panel'
import { useReplay } from './useReplay'

/** The recording: what is played, how fast, and a jump to a moment of it. */
export function ReplayPanel({ account }: PanelSubject) {
  const played = account.venue === 'replay'
  const { replay, control } = useReplay(played)
  const [to, setTo] = useState('')
  return (
    <Panel title="Replay" testId="replay">
      {replay === undefined ? (
        <p className="empty">
          {played ? 'Asking the player…' : `The market of ${account.name} is not a recording.`}
        </p>
      ) : (
        <div className="form">
          <p>
            {replay.state.toLowerCase()} at {replay.speed}×, {replay.files.length} file
            {replay.files.length === 1 ? '' : 's'}
          </p>
          <p className="fine num">
            {replay.from?.slice(0, 19).replace('T', ' ')} – {replay.to?.slice(0, 19).replace('T', ' ')}
          </p>
          {replay.error !== undefined && <p className="note note-bad">{replay.error}</p>}
          <label className="field">
            <span className="field-label">Go on from (UTC)</span>
            <input
              type="datetime-local"
              step="1"
              data-testid="replay-to"
              value={to === '' ? (replay.venueTime ?? '').slice(0, 19) : to}
              onChange={event => setTo(event.target.value)}
            />
          </label>
          <span className="row-actions">
            <button type="button" className="button" onClick={() => void control({ action: 'pause' })}>
              Pause
            </button>
            <button type="button" className="button" onClick={() => void control({ action: 'resume' })}>
              Play
            </button>
            <button
              type="button"
              className="button"
              data-testid="replay-seek"
              disabled={to === ''}
              onClick={() => void control({ action: 'seek', to: `${to.length === 16 ? `${to}:00` : to}Z` })}
            >
              Seek
            </button>
          </span>
        </div>
      )}
    </Panel>
  )
}
