import type { DockviewApi } from 'dockview-react'
import { useEffect } from 'react'
import { AccountFigures } from '../features/accounts/AccountFigures'
import { AccountSelect } from '../features/accounts/AccountSelect'
import { ConnectionState } from '../features/connection/ConnectionState'
import { ArmSwitch } from '../features/header/ArmSwitch'
import { Exits } from '../features/header/Exits'
import { SettingsMenu } from '../features/header/SettingsMenu'
import { InstrumentSelect } from '../features/instruments/InstrumentSelect'
import { openHelp, openPalette } from '../features/keyboard/open'
import { ReplayStrip } from '../features/replay/ReplayStrip'
import { TurnContext, useOwnTurn } from '../shared/link/hooks'
import { useDesk } from './desk'
import { PANEL_NAMES, PANELS } from './panels'
import { PRESETS } from './presets'

interface HeaderProps {
  preset: string
  onPreset: (name: string) => void
  dock: DockviewApi | null
}

/** In view on every layout: whose money it is, how it stands, whether what is shown is true, and the way out. */
export function Header({ preset, onPreset, dock }: HeaderProps) {
  const { accounts, instruments, account, instrument, select } = useDesk()
  const turn = useOwnTurn(true)
  useEffect(closeMenusBeside, [])
  return (
    <header className="bar">
      <h1 className="brand">
        <img src="/favicon.svg" alt="" width="18" height="18" />
        <span>Tapeline</span>
      </h1>
      <fieldset className="segmented presets">
        <legend className="sr-only">Layout</legend>
        {PRESETS.map(({ name, title }) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === preset}
            data-testid={`preset-${name}`}
            onClick={() => onPreset(name)}
          >
            {title}
          </button>
        ))}
      </fieldset>
      <PanelMenu dock={dock} />
      <button
        type="button"
        className="button palette-button"
        title="Everything the desk can do, by name (Ctrl+K)"
        data-testid="open-palette"
        onClick={openPalette}
      >
        Search <kbd>Ctrl K</kbd>
      </button>
      <span className="bar-space" />
      <InstrumentSelect
        instruments={instruments}
        symbol={instrument.symbol}
        onSelect={symbol => select({ symbol })}
      />
      <AccountSelect accounts={accounts} account={account} onSelect={id => select({ account: id })} />
      <TurnContext value={turn}>
        <AccountFigures listed={account} />
      </TurnContext>
      <ReplayStrip venue={account.venue} />
      <ArmSwitch />
      <Exits accountId={account.accountId} />
      <ConnectionState />
      <SettingsMenu
        onReset={() => {
          if (dock !== null) void import('./Workspace').then(({ resetLayout }) => resetLayout(dock, preset))
        }}
        onHelp={openHelp}
      />
    </header>
  )
}

function PanelMenu({ dock }: { dock: DockviewApi | null }) {
  if (dock === null) return null
  return (
    <details className="menu panel-menu" name="header-menu" data-testid="panel-menu">
      <summary className="button">+ Panel</summary>
      <div className="menu-body">
        {PANEL_NAMES.map(name => (
          <button
            key={name}
            type="button"
            className="menu-item"
            data-testid={`add-${name}`}
            onClick={event => {
              event.currentTarget.closest('details')?.removeAttribute('open')
              void import('./Workspace').then(({ showPanel }) =>
                showPanel(dock, name, PANELS[name].title, event.shiftKey),
              )
            }}
          >
            {PANELS[name].title}
          </button>
        ))}
        <p className="fine menu-row">Shift adds another of a kind that is there.</p>
      </div>
    </details>
  )
}

/** A menu goes with a press beside it, and with Escape, as menus do. */
function closeMenusBeside(): () => void {
  const close = (beside: (menu: Element) => boolean) => {
    for (const menu of document.querySelectorAll('details.menu[open]'))
      if (beside(menu)) menu.removeAttribute('open')
  }
  const onPress = ({ target }: Event) => close(menu => !menu.contains(target as Node))
  const onKey = ({ key }: KeyboardEvent) => key === 'Escape' && close(() => true)
  document.addEventListener('pointerdown', onPress)
  document.addEventListener('keydown', onKey)
  return () => {
    document.removeEventListener('pointerdown', onPress)
    document.removeEventListener('keydown', onKey)
  }
}
