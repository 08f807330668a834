import { ProblemNote } from '../../shared/ProblemNote'
import { dismiss, type Toast, useToasts } from './toasts'

export function Toasts() {
  const toasts = useToasts()
  return (
    <section className="toasts" aria-label="Messages" aria-live="polite" data-testid="toasts">
      {toasts.map(toast => (
        <OneToast key={toast.id} toast={toast} />
      ))}
    </section>
  )
}

function OneToast({ toast }: { toast: Toast }) {
  return (
    <div className={`toast toast-${toast.kind}`} data-testid={`toast-${toast.kind}`}>
      <p className="toast-title">{toast.title}</p>
      {toast.kind === 'refused' ? (
        <ProblemNote problem={toast.problem} />
      ) : (
        <p className="toast-detail">{toast.detail}</p>
      )}
      <button type="button" className="note-close" aria-label="Dismiss" onClick={() => dismiss(toast.id)}>
        ×
      </button>
    </div>
  )
}
