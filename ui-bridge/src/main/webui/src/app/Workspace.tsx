import {
  type DockviewApi,
  DockviewReact,
  type DockviewReadyEvent,
  type DockviewTheme,
  type IDockviewPanelHeaderProps,
  type IDockviewPanelProps,
  type SerializedDockview,
} from 'dockview-react'
import { Activity, type FunctionComponent, useCallback, useEffect, useRef, useSyncExternalStore } from 'react'
import { TurnContext, useOwnTurn } from '../shared/link/hooks'
import { settings } from '../shared/settings'
import { MountedPanel, PANEL_NAMES, type PanelName } from './panels'
import { presetOf } from './presets'
import type { Choice } from './Subject'

const SAVE_AFTER_MS = 500

const theme: DockviewTheme = { name: 'tapeline', className: 'dockview-theme-tapeline', gap: 3 }

/** What has something of its own to lose: bars with their history, the volume at each price, an order that is being sent. */
const KEPT: ReadonlySet<PanelName> = new Set(['chart', 'ladder', 'ticket'])

/** What one acts on is rendered before what only sums up. */
const TRADED_ON: ReadonlySet<PanelName> = new Set([
  'chart',
  'ladder',
  'ticket',
  'orders',
  'positions',
  'tape',
])

/** The price itself is never late. */
const AT_ONCE: ReadonlySet<PanelName> = new Set(['quote'])

/** One component per kind of panel; the same object for ever, so that dockview never remounts them. */
const components = Object.fromEntries(
  PANEL_NAMES.map((name): [PanelName, FunctionComponent<IDockviewPanelProps<Choice>>] => [
    name,
    function DockedPanel({ api, params }: IDockviewPanelProps<Choice>) {
      const seen = useSeen(api)
      const turn = useOwnTurn(!TRADED_ON.has(name))
      return (
        <TurnContext value={AT_ONCE.has(name) ? null : turn}>
          <Activity mode={seen || KEPT.has(name) ? 'visible' : 'hidden'}>
            <MountedPanel
              name={name}
              choice={params}
              onChoose={choice => api.updateParameters(only(choice))}
            />
          </Activity>
        </TurnContext>
      )
    },
  ]),
)

function useSeen(api: IDockviewPanelProps['api']): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const told = api.onDidVisibilityChange(listener)
      return () => told.dispose()
    },
    [api],
  )
  return useSyncExternalStore(subscribe, () => api.isVisible)
}

/** A tab holds nothing that can be focused, as tabs must; keys close a panel through the palette. */
function PanelTab({ api }: IDockviewPanelHeaderProps) {
  return (
    <div className="dock-tab">
      {api.title}
      <span
        className="dock-close"
        role="presentation"
        title="Close"
        onPointerDown={event => event.stopPropagation()}
        onPointerUp={() => api.close()}
      >
        ×
      </span>
    </div>
  )
}

/** updateParameters merges: what is not chosen any more must be named. */
function only({ symbol, accountId }: Choice): Record<string, unknown> {
  return { symbol, accountId }
}

interface WorkspaceProps {
  preset: string
  onReady: (dock: DockviewApi | null) => void
}

/** The panels where the person put them, one layout per preset, saved a moment after each change. */
export function Workspace({ preset, onReady }: WorkspaceProps) {
  const dock = useRef<DockviewApi | null>(null)
  const shown = useRef(preset)
  const ready = ({ api }: DockviewReadyEvent) => {
    dock.current = api
    show(api, preset)
    onReady(api)
    let room = sizeOf(api)
    let timer: ReturnType<typeof setTimeout> | undefined
    api.onDidLayoutChange(() => {
      clearTimeout(timer)
      // A window of another size is no other layout: only what is moved in a room that stays the same is saved.
      const now = sizeOf(api)
      const resized = now !== room
      room = now
      if (resized) return
      const name = shown.current
      timer = setTimeout(() => {
        if (name === shown.current && api.panels.length > 0) save(name, api.toJSON())
      }, SAVE_AFTER_MS)
    })
  }
  useEffect(() => {
    if (dock.current === null || shown.current === preset) return
    shown.current = preset
    show(dock.current, preset)
  }, [preset])
  useEffect(() => () => onReady(null), [onReady])
  return (
    <main className="workspace" aria-label="Panels">
      <DockviewReact
        components={components}
        defaultTabComponent={PanelTab}
        onReady={ready}
        theme={theme}
        singleTabMode="default"
      />
    </main>
  )
}

const sizeOf = ({ width, height }: DockviewApi) => `${width}x${height}`

/** Only what really changed is saved: showing a layout is no change of it, nor is a click into another panel. */
function save(name: string, { activeGroup: _, ...layout }: SerializedDockview): void {
  const { layouts } = settings.get()
  if (JSON.stringify(layouts[name]) === JSON.stringify(layout)) return
  settings.set({ layouts: { ...layouts, [name]: layout } })
}

function show(dock: DockviewApi, preset: string): void {
  const saved = settings.get().layouts[preset]
  if (saved !== undefined)
    try {
      dock.fromJSON(saved as SerializedDockview)
      return
    } catch {
      // A layout of another version, or one with a panel that is no more: the preset as it comes is better than none.
    }
  resetLayout(dock, preset)
}

/** Back to the preset as it comes. */
export function resetLayout(dock: DockviewApi, preset: string): void {
  // Before the first layout a dock has no size, and what is divided then is divided wrongly.
  const room = document.querySelector('.workspace')?.getBoundingClientRect()
  if (room !== undefined && dock.width === 0) dock.layout(room.width - 6, room.height - 6)
  dock.clear()
  presetOf(preset).build(dock)
}

const BLOTTERS: readonly PanelName[] = ['positions', 'orders', 'trades', 'fills', 'notices']

/** Shows the panel of that kind: where it is, else added. */
export function showPanel(dock: DockviewApi, name: PanelName, title: string, another = false): void {
  const there = dock.getPanel(name)
  if (there !== undefined && !another) {
    there.api.setActive()
    return
  }
  const id = there === undefined ? name : `${name}-${Date.now().toString(36)}`
  // Behind the blotters where there are some: never over the chart, the ladder or the ticket.
  const beside = BLOTTERS.find(blotter => dock.getPanel(blotter) !== undefined)
  dock.addPanel({
    id,
    component: name,
    title,
    ...(beside === undefined ? {} : { position: { referencePanel: beside, direction: 'within' as const } }),
  })
}
