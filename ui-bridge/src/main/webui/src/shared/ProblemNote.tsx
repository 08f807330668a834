import type { Problem } from './contract'
import { denialText } from './denials'

/** Why something was refused: always the reason, what it means, and the venue's own words one click away. */
export function ProblemNote({ problem, onDismiss }: { problem: Problem; onDismiss?: () => void }) {
  const params = Object.entries(problem.params ?? {})
  const meaning = denialText(problem.reason)
  return (
    <div className="note note-bad" role="alert" data-testid="problem" data-reason={problem.reason}>
      <p>
        <strong>{problem.reason}</strong> {problem.detail}
      </p>
      {meaning !== problem.reason && meaning !== problem.detail && <p className="note-fine">{meaning}</p>}
      {params.length > 0 && (
        <p className="note-fine">{params.map(([name, value]) => `${name} ${value}`).join(' · ')}</p>
      )}
      {(problem.venueText !== undefined || problem.venueCode !== undefined) && (
        <details className="note-fine">
          <summary>What the venue said</summary>
          <code data-testid="venue-text">
            {problem.venueCode !== undefined && `${problem.venueCode} `}
            {problem.venueText}
          </code>
        </details>
      )}
      {onDismiss !== undefined && (
        <button type="button" className="note-close" aria-label="Dismiss" onClick={onDismiss}>
          ×
        </button>
      )}
    </div>
  )
}
