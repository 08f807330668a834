import { useEffect, useState } from 'react'
import { type Outcome, request } from '../../shared/rest'

interface Wish {
  on: boolean
  graceSeconds: number
}

const PATH = '/api/settings/cancel-on-disconnect'
const GRACES = [10, 15, 30, 60, 120]
const OFF: Wish = { on: false, graceSeconds: 15 }

/** Shows what the bridge has confirmed, never what was only asked for: somebody relies on it. */
export function CancelOnDisconnect() {
  const [wish, setWish] = useState<Wish | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)

  useEffect(() => {
    void request<Wish | undefined>('GET', `${PATH}?missing=empty`).then(outcome => {
      if (outcome.kind === 'ok') setWish(outcome.value ?? OFF)
      else setFailed(why(outcome))
    })
  }, [])

  const put = async (next: Wish) => {
    setSaving(true)
    const outcome = await request('PUT', PATH, { body: next })
    setSaving(false)
    if (outcome.kind === 'ok') setWish(next)
    setFailed(outcome.kind === 'ok' ? null : why(outcome))
  }

  const shown = wish ?? OFF
  const disabled = wish === null || saving
  return (
    <>
      <label className="menu-row">
        Cancel my orders when I am disconnected
        <input
          type="checkbox"
          data-testid="setting-cancel-on-disconnect"
          checked={shown.on}
          disabled={disabled}
          onChange={event => void put({ ...shown, on: event.target.checked })}
        />
      </label>
      {shown.on && (
        <label className="menu-row">
          … for longer than
          <select
            data-testid="setting-disconnect-grace"
            value={shown.graceSeconds}
            disabled={disabled}
            onChange={event => void put({ ...shown, graceSeconds: Number(event.target.value) })}
          >
            {[...new Set([...GRACES, shown.graceSeconds])].map(seconds => (
              <option key={seconds} value={seconds}>
                {seconds} s
              </option>
            ))}
          </select>
        </label>
      )}
      <p className="menu-note">
        Once no page or trading script of yours has been connected for that long, all working orders of all
        your accounts are canceled: stops and targets too, positions stay. Closing the last tab and signing
        out count.
      </p>
      {failed !== null && <p className="menu-note problem">{failed}</p>}
    </>
  )
}

function why(outcome: Exclude<Outcome<unknown>, { kind: 'ok' }>): string {
  return outcome.kind === 'refused' ? outcome.problem.detail : `Not known whether it is set: ${outcome.why}.`
}
