import 'dockview-react/dist/styles/dockview.css'
import './app/styles/tokens.css'
import './app/styles/controls.css'
import './app/styles/header.css'
import './app/styles/panels.css'
import './app/styles/market.css'
import './app/styles/books.css'
import './app/styles/phone.css'
import { warmUp } from './shared/link/link'
import { askFirst } from './shared/rest'
import { settings } from './shared/settings'

/*
 * The desk is a hundred times as large as this: while it is loaded, what it needs first is asked for, all side by side, and
 * the socket is opened.
 */
for (const path of ['/api/me', '/api/accounts', '/api/instruments']) askFirst(path)
void settings.load()
warmUp()
void import('./start')
