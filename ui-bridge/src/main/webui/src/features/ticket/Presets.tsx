import { useState } from 'react'
import { type TicketPreset, useSetting } from '../../shared/settings'
import type { Draft } from './draft'

const MOST = 12

interface PresetsProps {
  draft: Draft
  apply: (change: Partial<Draft>) => void
}

/** Quantities with their bracket under a name: one click instead of five fields. */
export function Presets({ draft, apply }: PresetsProps) {
  const [presets, setPresets] = useSetting('ticketPresets')
  const [name, setName] = useState('')
  const save = () => {
    const { qty, unit, stop, target } = draft
    const bracket = draft.bracket && unit !== 'price'
    const preset: TicketPreset = {
      name: name.trim(),
      qty,
      unit: bracket ? unit : 'ticks',
      stop: bracket ? stop : '',
      target: bracket ? target : '',
    }
    setPresets([...presets.filter(each => each.name !== preset.name), preset].slice(-MOST))
    setName('')
  }
  return (
    <div className="ticket-presets">
      {presets.map(preset => (
        <span key={preset.name} className="preset">
          <button
            type="button"
            className="button button-small"
            title={`${preset.qty} lots, stop ${preset.stop || '–'}, target ${preset.target || '–'} ${preset.unit}`}
            onClick={() =>
              apply({
                qty: preset.qty,
                unit: preset.unit,
                stop: preset.stop,
                target: preset.target,
                bracket: preset.stop !== '' || preset.target !== '',
              })
            }
          >
            {preset.name}
          </button>
          <button
            type="button"
            className="link-button"
            aria-label={`Forget preset ${preset.name}`}
            onClick={() => setPresets(presets.filter(each => each !== preset))}
          >
            ×
          </button>
        </span>
      ))}
      <input
        className="preset-name"
        aria-label="Name of a new preset"
        placeholder="+ preset"
        maxLength={16}
        value={name}
        onChange={event => setName(event.target.value)}
        onKeyDown={event => event.key === 'Enter' && name.trim() !== '' && save()}
      />
    </div>
  )
}
