import { Component, type ReactNode, useId } from 'react'
import type { AccountRow, InstrumentRow } from './contract'

/** What every panel of the desk is about; `subject` says it, and lets the person change it. */
export interface PanelSubject {
  /** As it was listed; who shows its figures asks for the live ones. */
  account: AccountRow
  instrument: InstrumentRow
  subject: ReactNode
}

interface PanelProps {
  title: string
  /** What the panel is about, such as the instrument or the account: explicit on every one. */
  subject?: ReactNode
  about?: ReactNode
  aside?: ReactNode
  className?: string
  testId?: string
  children: ReactNode
}

export function Panel({ title, subject, about, aside, className = '', testId, children }: PanelProps) {
  const id = useId()
  return (
    <section className={`panel ${className}`} aria-labelledby={id} data-testid={testId}>
      <header className="panel-head">
        <h2 id={id}>{title}</h2>
        {subject}
        {about !== undefined && <span className="panel-about">{about}</span>}
        {aside !== undefined && <span className="panel-aside">{aside}</span>}
      </header>
      <PanelBoundary title={title}>
        <div className="panel-body">{children}</div>
      </PanelBoundary>
    </section>
  )
}

/** A failing panel does not take the desk down. */
export class PanelBoundary extends Component<
  { title: string; children: ReactNode },
  { failure: string | null }
> {
  override state = { failure: null }

  static getDerivedStateFromError(error: unknown) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }

  override render() {
    if (this.state.failure === null) return this.props.children
    return (
      <div className="note note-bad" role="alert" data-testid="panel-failure">
        <p>
          {this.props.title} failed: {this.state.failure}
        </p>
        <button type="button" className="button" onClick={() => this.setState({ failure: null })}>
          Try again
        </button>
      </div>
    )
  }
}
