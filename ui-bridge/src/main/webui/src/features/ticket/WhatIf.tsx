import { useState } from 'react'
import type { PlaceOrderBody } from '../../shared/contract'
import { newClOrdId } from '../../shared/ids'
import { type Outcome, request } from '../../shared/rest'

type Answer = Readonly<Record<string, unknown>>

/** Asks the services what the order would do to the limits; asked for by hand, as nothing here calls by itself. */
export function WhatIf({ accountId, order }: { accountId: string; order: Omit<PlaceOrderBody, 'clOrdId'> }) {
  const [asked, setAsked] = useState<{ order: string; outcome: Outcome<Answer> } | null>(null)
  const about = JSON.stringify(order)
  const ask = async () => {
    const path = `/api/accounts/${encodeURIComponent(accountId)}/what-if`
    const outcome = await request<Answer>('POST', path, { body: { clOrdId: newClOrdId(), ...order } })
    setAsked({ order: about, outcome })
  }
  const answer = asked?.order === about ? asked.outcome : null
  return (
    <div className="what-if">
      <button type="button" className="link-button" data-testid="what-if" onClick={() => void ask()}>
        What if?
      </button>
      {answer?.kind === 'ok' && (
        <ul className="fine">
          {lines(answer.value).map(line => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {answer?.kind === 'refused' && <span className="fine">{answer.problem.detail}</span>}
      {answer?.kind === 'lost' && <span className="fine">No answer ({answer.why}).</span>}
    </div>
  )
}

/** The answer as it is, one line each: what it can say grows with the services. */
function lines(answer: Answer): readonly string[] {
  return Object.entries(answer).flatMap(([name, value]) => {
    if (Array.isArray(value)) return value.length === 0 ? [] : value.map(each => `${name}: ${text(each)}`)
    return [`${name}: ${text(value)}`]
  })
}

function text(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([name, part]) => `${name} ${typeof part === 'object' ? JSON.stringify(part) : String(part)}`)
    .join(', ')
}
