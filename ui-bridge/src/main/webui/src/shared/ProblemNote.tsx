import type { Problem } from './contract'

/** Why something was refused: always the reason, and the venue's own words where it spoke. */
export function ProblemNote({ problem, onDismiss }: { problem: Problem; onDismiss?: () => void }) {
  const params = Object.entries(problem.params ?? {})
  return (
    <div className="note note-bad" role="alert" data-testid="problem" data-reason={problem.reason}>
      <p>
        <strong>{problem.reason}</strong> {problem.detail}
      </p>
      {params.length > 0 && (
        <p className="note-fine">{params.map(([name, value]) => `${name} ${value}`).join(' · ')}</p>
      )}
      {problem.venueText !== undefined && (
        <p className="note-fine">
          Venue: {problem.venueText}
          {problem.venueCode !== undefined && ` (${problem.venueCode})`}
        </p>
      )}
      {onDismiss !== undefined && (
        <button type="button" className="note-close" aria-label="Dismiss" onClick={onDismiss}>
          ×
        </button>
      )}
    </div>
  )
}
