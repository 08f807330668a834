import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { onOpen } from './open'
import { type DeskCommand, search } from './shortcuts'

const SHOWN = 12

/** Everything the desk can do, by typing a part of its name; and the list of keys. */
export function Palette({ commands }: { commands: readonly DeskCommand[] }) {
  const [open, setOpen] = useState<'palette' | 'help' | null>(null)
  useEffect(() => onOpen(setOpen), [])
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (open === null) dialog.current?.close()
    else if (dialog.current?.open === false) dialog.current.showModal()
  }, [open])
  return (
    <dialog
      ref={dialog}
      className="dialog palette"
      aria-label={open === 'help' ? 'Keyboard shortcuts' : 'Commands'}
      data-testid="palette"
      onClose={() => setOpen(null)}
    >
      {open === 'palette' && <Search commands={commands} onDone={() => setOpen(null)} />}
      {open === 'help' && <Help commands={commands} onDone={() => setOpen(null)} />}
    </dialog>
  )
}

function Search({ commands, onDone }: { commands: readonly DeskCommand[]; onDone: () => void }) {
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const id = useId()
  const found = search(commands, query).slice(0, SHOWN)
  const current = found[Math.min(at, found.length - 1)]
  const run = (command: DeskCommand | undefined) => {
    if (command === undefined || (command.blocked ?? null) !== null) return
    onDone()
    command.run()
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') run(current)
    else if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, at + 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1))
    else return
    event.preventDefault()
  }
  return (
    <>
      <input
        // The dialog opens for typing into this, and closes with Escape.
        ref={input => input?.focus()}
        className="palette-input"
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={current === undefined ? undefined : `${id}-${current.id}`}
        aria-label="Command"
        placeholder="What would you like to do?"
        data-testid="palette-input"
        value={query}
        onChange={event => {
          setQuery(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKey}
      />
      <div className="palette-list" role="listbox" id={id} aria-label="Commands">
        {found.map(command => (
          <div
            key={command.id}
            id={`${id}-${command.id}`}
            className="palette-item"
            role="option"
            tabIndex={-1}
            aria-selected={command === current}
            aria-disabled={(command.blocked ?? null) !== null}
            title={command.blocked ?? undefined}
            onClick={() => run(command)}
            onKeyDown={onKey}
          >
            <span className="muted palette-group">{command.group}</span>
            <span>{command.title}</span>
            {command.keys !== undefined && <kbd>{command.keys}</kbd>}
          </div>
        ))}
        {found.length === 0 && <p className="empty">Nothing of that name.</p>}
      </div>
    </>
  )
}

function Help({ commands, onDone }: { commands: readonly DeskCommand[]; onDone: () => void }) {
  const rows = commands.flatMap(({ keys, title }) => (keys === undefined ? [] : [{ keys, title }]))
  const fixed = [
    { keys: 'Ctrl+K', title: 'All commands' },
    { keys: '?', title: 'This list' },
    { keys: 'Tab, ↑ ↓, Enter, Esc, Del', title: 'On a line of the chart: move, send, put back, cancel' },
  ]
  return (
    <div className="help">
      <h2>Keyboard shortcuts</h2>
      <dl>
        {[...fixed, ...rows].map(({ keys, title }) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{title}</dd>
          </div>
        ))}
      </dl>
      <button type="button" className="button" onClick={onDone}>
        Close
      </button>
    </div>
  )
}
