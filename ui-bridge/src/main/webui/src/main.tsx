import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import 'dockview-react/dist/styles/dockview.css'
import './app/styles/tokens.css'
import './app/styles/controls.css'
import './app/styles/header.css'
import './app/styles/panels.css'
import './app/styles/market.css'
import './app/styles/books.css'
import './app/styles/phone.css'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
