import { useState } from 'react'
import type { Decimal, LimitRow, PlaceOrderBody } from '../../shared/contract'
import { denialText } from '../../shared/denials'
import { newClOrdId } from '../../shared/ids'
import { Money } from '../../shared/Money'
import { type Outcome, request } from '../../shared/rest'
import { counted, limitName } from '../accounts/limits'
import { netText } from '../positions/positions'

/** What the services say an order would come to, were it filled now. */
interface Answer {
  px?: Decimal
  netQtyBefore: number
  netQtyAfter: number
  tickValue?: Decimal
  lossAtStop?: Decimal
  limits?: readonly LimitRow[]
  limitsAtStop?: readonly LimitRow[]
  denials?: readonly { reason: string; detail?: string }[]
}

/** Asks the services what the order would do to the limits; asked for by hand, as nothing here calls by itself. */
export function WhatIf({ accountId, order }: { accountId: string; order: Omit<PlaceOrderBody, 'clOrdId'> }) {
  const [asked, setAsked] = useState<{ order: string; outcome: Outcome<Answer> } | null>(null)
  const about = JSON.stringify(order)
  const ask = async () => {
    const path = `/api/accounts/${encodeURIComponent(accountId)}/what-if`
    const outcome = await request<Answer>('POST', path, { body: { clOrdId: newClOrdId(), ...order } })
    setAsked({ order: about, outcome })
  }
  const outcome = asked?.order === about ? asked.outcome : null
  return (
    <div className="what-if">
      <button type="button" className="button button-small" data-testid="what-if" onClick={() => void ask()}>
        What if?
      </button>
      {outcome?.kind === 'ok' && <Consequences of={outcome.value} />}
      {outcome?.kind === 'refused' && <span className="fine">{outcome.problem.detail}</span>}
      {outcome?.kind === 'lost' && <span className="fine">No answer ({outcome.why}).</span>}
    </div>
  )
}

function Consequences({ of }: { of: Answer }) {
  const denials = of.denials ?? []
  const atStop = new Map((of.limitsAtStop ?? []).map(limit => [limit.name, limit]))
  return (
    <div className="consequences" data-testid="what-if-answer">
      <dl>
        <dt>Position</dt>
        <dd className="num">
          {netText(of.netQtyBefore)} → {netText(of.netQtyAfter)}
        </dd>
        {of.tickValue !== undefined && (
          <>
            <dt>A tick is then worth</dt>
            <dd>
              <Money value={of.tickValue} />
            </dd>
          </>
        )}
        {of.lossAtStop !== undefined && (
          <>
            <dt>Lost at its stop</dt>
            <dd className="loss">
              <Money value={of.lossAtStop} />
            </dd>
          </>
        )}
        {(of.limits ?? []).map(limit => (
          <Left key={limit.name} limit={limit} atStop={atStop.get(limit.name)} />
        ))}
      </dl>
      {denials.length === 0 && <p className="fine">No rule of the account is against it.</p>}
      {denials.map(({ reason, detail }) => (
        <p key={reason} className="note-bad" data-reason={reason}>
          {denialText(reason)} {detail !== undefined && <span className="fine">{detail}</span>}
        </p>
      ))}
    </div>
  )
}

function Left({ limit, atStop }: { limit: LimitRow; atStop: LimitRow | undefined }) {
  const amount = ({ remaining, unit }: LimitRow) =>
    unit === undefined || unit === 'MONEY' ? (
      <Money value={remaining} />
    ) : (
      <span className="num">{counted(remaining, unit)}</span>
    )
  return (
    <>
      <dt>{limitName(limit)}</dt>
      <dd>
        {amount(limit)} left
        {atStop !== undefined && <span className="muted"> · at the stop {amount(atStop)}</span>}
      </dd>
    </>
  )
}
