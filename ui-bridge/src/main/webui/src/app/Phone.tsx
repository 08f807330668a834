import { useState } from 'react'
import { useTwoColumns } from '../shared/useNarrow'
import { MountedPanel, type PanelName } from './panels'

const TABS: readonly { title: string; panels: readonly PanelName[] }[] = [
  { title: 'Trade', panels: ['quote', 'ticket', 'positions', 'orders'] },
  { title: 'Chart', panels: ['chart', 'positions'] },
  { title: 'Ladder', panels: ['ladder'] },
  { title: 'Account', panels: ['risk', 'trades', 'fills', 'notices'] },
  { title: 'Market', panels: ['watch', 'tape', 'debug'] },
]

const NOTHING = {}

/** One hand, one column: the same panels as cards; in two columns there is room for the chart beside what is traded. */
export function Phone() {
  const [at, setAt] = useState(0)
  const tab = TABS[at]
  const chartToo = useTwoColumns() && at === 0
  return (
    <>
      <main className="phone" aria-label={tab?.title}>
        {[...(chartToo ? (['chart'] as const) : []), ...(tab?.panels ?? [])].map(name => (
          <div key={name} className="card">
            <MountedPanel name={name} choice={NOTHING} onChoose={() => {}} />
          </div>
        ))}
      </main>
      <nav className="phone-tabs" aria-label="Views">
        {TABS.map(({ title }, index) => (
          <button
            key={title}
            type="button"
            aria-current={index === at ? 'page' : undefined}
            data-testid={`tab-${title.toLowerCase()}`}
            onClick={() => setAt(index)}
          >
            {title}
          </button>
        ))}
      </nav>
    </>
  )
}
