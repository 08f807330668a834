import type { DockviewApi } from 'dockview-react'
import { PANELS, type PanelName } from './panels'

export interface Preset {
  name: string
  title: string
  build: (dock: DockviewApi) => void
}

type Direction = 'right' | 'left' | 'above' | 'below' | 'within'

interface Place {
  by?: PanelName
  direction?: Direction
  behind?: boolean
}

function add(dock: DockviewApi, name: PanelName, { by, direction, behind }: Place = {}): void {
  dock.addPanel({
    id: name,
    component: name,
    title: PANELS[name].title,
    ...(by === undefined ? {} : { position: { referencePanel: by, direction: direction ?? 'within' } }),
    ...(behind ? { inactive: true } : {}),
  })
}

interface Size {
  width?: number
  height?: number
}

/** After all panels are there, from left to right and from top to bottom: the last of a row takes what is left. */
function size(dock: DockviewApi, name: PanelName, wanted: Size): void {
  dock.getPanel(name)?.group.api.setSize(wanted)
}

/** The person's own changes are kept under the preset's name; these are what it starts from, and can go back to. */
export const PRESETS: readonly Preset[] = [
  {
    name: 'chart',
    title: 'Chart trader',
    build: dock => {
      add(dock, 'chart')
      add(dock, 'ladder', { by: 'chart', direction: 'right' })
      add(dock, 'ticket', { by: 'ladder', direction: 'right' })
      add(dock, 'positions', { by: 'chart', direction: 'below' })
      add(dock, 'trades', { by: 'positions', behind: true })
      add(dock, 'fills', { by: 'positions', behind: true })
      add(dock, 'notices', { by: 'positions', behind: true })
      add(dock, 'orders', { by: 'positions', direction: 'right' })
      add(dock, 'quote', { by: 'ticket', direction: 'below' })
      add(dock, 'risk', { by: 'quote', behind: true })
      add(dock, 'tape', { by: 'quote', behind: true })
      size(dock, 'chart', { width: dock.width - 630, height: dock.height - 240 })
      size(dock, 'ladder', { width: 340 })
      size(dock, 'positions', { width: (dock.width - 630) * 0.5 })
      size(dock, 'ticket', { height: dock.height - 200 })
    },
  },
  {
    name: 'scalper',
    title: 'Scalper',
    build: dock => {
      add(dock, 'ladder')
      add(dock, 'chart', { by: 'ladder', direction: 'right' })
      add(dock, 'ticket', { by: 'chart', direction: 'right' })
      add(dock, 'tape', { by: 'ladder', direction: 'right' })
      add(dock, 'orders', { by: 'chart', direction: 'below' })
      add(dock, 'positions', { by: 'orders', behind: true })
      add(dock, 'fills', { by: 'orders', behind: true })
      add(dock, 'quote', { by: 'ticket', direction: 'below' })
      add(dock, 'risk', { by: 'quote', behind: true })
      size(dock, 'ladder', { width: 430 })
      size(dock, 'tape', { width: 220 })
      size(dock, 'chart', { width: dock.width - 930, height: dock.height - 230 })
      size(dock, 'ticket', { height: dock.height - 200 })
    },
  },
  {
    name: 'overview',
    title: 'Overview',
    build: dock => {
      add(dock, 'chart')
      add(dock, 'watch', { by: 'chart', direction: 'left' })
      add(dock, 'risk', { by: 'chart', direction: 'right' })
      add(dock, 'positions', { by: 'chart', direction: 'below' })
      add(dock, 'orders', { by: 'positions', direction: 'right' })
      add(dock, 'trades', { by: 'positions', behind: true })
      add(dock, 'fills', { by: 'orders', behind: true })
      add(dock, 'notices', { by: 'risk', direction: 'below' })
      add(dock, 'timetravel', { by: 'orders', behind: true })
      add(dock, 'debug', { by: 'watch', direction: 'below' })
      add(dock, 'replay', { by: 'debug', behind: true })
      add(dock, 'quote', { by: 'debug', behind: true })
      size(dock, 'watch', { width: 340, height: dock.height - 330 })
      size(dock, 'chart', { width: dock.width - 620, height: dock.height - 300 })
      size(dock, 'risk', { height: dock.height - 250 })
    },
  },
]

export function presetOf(name: string): Preset {
  const found = PRESETS.find(each => each.name === name) ?? PRESETS[0]
  if (found === undefined) throw new Error('no presets')
  return found
}
