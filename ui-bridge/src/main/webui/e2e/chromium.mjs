/** A real Chromium, found where distributions put it (CHROMIUM=path when it is elsewhere). */
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

export const executablePath = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find(path => path !== undefined && existsSync(path))

export const launch = () =>
  chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

/** Waits for a condition on the page; says what did not happen. */
export async function until(what, check, ms = 60_000) {
  const end = Date.now() + ms
  for (;;) {
    if (await check()) return
    if (Date.now() > end) throw new Error(`did not happen in ${ms} ms: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}
