import { useEffect, useRef } from 'react'
import { useQuestion } from './confirm'

export function ConfirmDialog() {
  const question = useQuestion()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (question !== null) dialog.current?.showModal()
    else dialog.current?.close()
  }, [question])
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby="confirm-title"
      data-testid="confirm"
      onCancel={() => question?.answer(false)}
    >
      {question !== null && (
        <>
          <h2 id="confirm-title">{question.title}</h2>
          <p>{question.text}</p>
          <div className="dialog-buttons">
            <button
              type="button"
              className="button"
              data-testid="confirm-no"
              onClick={() => question.answer(false)}
            >
              No, leave it
            </button>
            <button
              type="button"
              className="button button-danger"
              data-testid="confirm-yes"
              onClick={() => question.answer(true)}
            >
              {question.yes}
            </button>
          </div>
        </>
      )}
    </dialog>
  )
}
