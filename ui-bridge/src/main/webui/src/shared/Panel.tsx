import { Component, type ReactNode, useId } from 'react'

interface PanelProps {
  title: string
  /** What the panel is about, such as the instrument or the account: explicit on every one. */
  about?: ReactNode
  aside?: ReactNode
  className?: string
  testId?: string
  children: ReactNode
}

export function Panel({ title, about, aside, className = '', testId, children }: PanelProps) {
  const id = useId()
  return (
    <section className={`panel ${className}`} aria-labelledby={id} data-testid={testId}>
      <header className="panel-head">
        <h2 id={id}>{title}</h2>
        {about !== undefined && <span className="panel-about">{about}</span>}
        {aside !== undefined && <span className="panel-aside">{aside}</span>}
      </header>
      <PanelBoundary title={title}>{children}</PanelBoundary>
    </section>
  )
}

/** A failing panel does not take the desk down. */
class PanelBoundary extends Component<{ title: string; children: ReactNode }, { failure: string | null }> {
  override state = { failure: null }

  static getDerivedStateFromError(error: unknown) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }

  override render() {
    if (this.state.failure === null) return this.props.children
    return (
      <div className="note note-bad" role="alert">
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
