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
  width?: number
  height?: number
  behind?: boolean
}

function add(dock: DockviewApi, name: PanelName, { by, direction, width, height, behind }: Place = {}): void {
  dock.addPanel({
    id: name,
    component: name,
    title: PANELS[name].title,
    ...(by === undefined ? {} : { position: { referencePanel: by, direction: direction ?? 'within' } }),
    ...(width === undefined ? {} : { initialWidth: width }),
    ...(height === undefined ? {} : { initialHeight: height }),
    ...(behind ? { inactive: true } : {}),
  })
}

/** The person's own changes are kept under the preset's name; these are what it starts from, and can go back to. */
export const PRESETS: readonly Preset[] = [
  {
    name: 'chart',
    title: 'Chart trader',
    build: dock => {
      add(dock, 'chart')
      add(dock, 'ladder', { by: 'chart', direction: 'right', width: 330 })
      add(dock, 'ticket', { by: 'ladder', direction: 'right', width: 300 })
      add(dock, 'positions', { by: 'chart', direction: 'below', height: 250 })
      add(dock, 'trades', { by: 'positions', behind: true })
      add(dock, 'fills', { by: 'positions', behind: true })
      add(dock, 'notices', { by: 'positions', behind: true })
      add(dock, 'orders', { by: 'positions', direction: 'right' })
      add(dock, 'quote', { by: 'ticket', direction: 'below', height: 250 })
      add(dock, 'risk', { by: 'quote', behind: true })
      add(dock, 'tape', { by: 'quote', behind: true })
    },
  },
  {
    name: 'scalper',
    title: 'Scalper',
    build: dock => {
      add(dock, 'ladder')
      add(dock, 'chart', { by: 'ladder', direction: 'right', width: 700 })
      add(dock, 'ticket', { by: 'chart', direction: 'right', width: 290 })
      add(dock, 'tape', { by: 'ladder', direction: 'right', width: 230 })
      add(dock, 'orders', { by: 'chart', direction: 'below', height: 230 })
      add(dock, 'positions', { by: 'orders', behind: true })
      add(dock, 'fills', { by: 'orders', behind: true })
      add(dock, 'quote', { by: 'ticket', direction: 'below', height: 230 })
      add(dock, 'risk', { by: 'quote', behind: true })
    },
  },
  {
    name: 'overview',
    title: 'Overview',
    build: dock => {
      add(dock, 'chart')
      add(dock, 'watch', { by: 'chart', direction: 'left', width: 330 })
      add(dock, 'risk', { by: 'chart', direction: 'right', width: 310 })
      add(dock, 'positions', { by: 'chart', direction: 'below', height: 330 })
      add(dock, 'orders', { by: 'positions', direction: 'right' })
      add(dock, 'trades', { by: 'positions', behind: true })
      add(dock, 'fills', { by: 'orders', behind: true })
      add(dock, 'notices', { by: 'risk', direction: 'below', height: 260 })
      add(dock, 'timetravel', { by: 'orders', behind: true })
      add(dock, 'debug', { by: 'watch', direction: 'below', height: 300 })
      add(dock, 'replay', { by: 'debug', behind: true })
      add(dock, 'quote', { by: 'debug', behind: true })
    },
  },
]

export function presetOf(name: string): Preset {
  const found = PRESETS.find(each => each.name === name) ?? PRESETS[0]
  if (found === undefined) throw new Error('no presets')
  return found
}
