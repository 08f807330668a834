import { useState } from 'react'
import { useSetting } from '../../shared/settings'
import { allowDesktopNotices } from '../notices/useAlerts'
import { CancelOnDisconnect } from './CancelOnDisconnect'

export function SettingsMenu({ onReset, onHelp }: { onReset: () => void; onHelp: () => void }) {
  const [theme, setTheme] = useSetting('theme')
  const [confirmExits, setConfirmExits] = useSetting('confirmExits')
  const [confirmOneClick, setConfirmOneClick] = useSetting('confirmOneClick')
  const [sounds, setSounds] = useSetting('sounds')
  const [notices, setNotices] = useSetting('desktopNotices')
  const [wasOpen, setWasOpen] = useState(false)
  return (
    <details
      className="menu"
      name="header-menu"
      data-testid="settings"
      onToggle={event => event.currentTarget.open && setWasOpen(true)}
    >
      <summary className="icon-button" aria-label="Settings">
        ⚙
      </summary>
      <div className="menu-body">
        <label className="menu-row">
          Colours
          <select
            data-testid="theme-select"
            value={theme}
            onChange={event => setTheme(event.target.value as typeof theme)}
          >
            <option value="system">as the system</option>
            <option value="dark">dark</option>
            <option value="light">light</option>
          </select>
        </label>
        <Check
          text="Ask before flatten, close, reverse"
          on={confirmExits}
          set={setConfirmExits}
          id="confirm-exits"
        />
        <Check
          text="Ask before one-click orders"
          on={confirmOneClick}
          set={setConfirmOneClick}
          id="confirm-click"
        />
        <Check text="Sounds for fills and alarms" on={sounds} set={setSounds} id="sounds" />
        <Check
          text="Desktop notifications"
          on={notices}
          set={on => {
            if (!on) return setNotices(false)
            void allowDesktopNotices().then(setNotices)
          }}
          id="desktop-notices"
        />
        {wasOpen && <CancelOnDisconnect />}
        <button type="button" className="menu-item" data-testid="reset-layout" onClick={onReset}>
          Panels as the preset has them
        </button>
        <button type="button" className="menu-item" onClick={onHelp}>
          Keyboard shortcuts <kbd>?</kbd>
        </button>
      </div>
    </details>
  )
}

interface CheckProps {
  text: string
  on: boolean
  set: (on: boolean) => void
  id: string
}

function Check({ text, on, set, id }: CheckProps) {
  return (
    <label className="menu-row">
      {text}
      <input
        type="checkbox"
        checked={on}
        data-testid={`setting-${id}`}
        onChange={event => set(event.target.checked)}
      />
    </label>
  )
}
