/** Lines of the chart for browser tests: where they are, and taking hold of them. */

/** What the line's handle says of itself. */
export async function handleOf(page, line) {
  return page.getByTestId(`line-${line}`).evaluate(({ dataset }) => ({
    y: Number(dataset.y),
    price: dataset.price,
    ghost: dataset.ghost,
    held: dataset.held,
    pending: dataset.pending,
  }))
}

async function placeOf(page, line) {
  const box = await page.getByTestId('chart-canvas').boundingBox()
  const { y } = await handleOf(page, line)
  // Left of every label, and not on the axis.
  return { x: box.x + box.width * 0.3, y: box.y + y }
}

const TRIES = 20

/**
 * Takes hold of the line. The market moves the scale, and with it the line, between looking and pressing: then the
 * press was beside it, is let go, and is tried again.
 */
async function grab(page, line, press, release) {
  for (let i = 0; i < TRIES; i++) {
    const from = await placeOf(page, line)
    await press(from)
    for (let look = 0; look < 20; look++) {
      if ((await handleOf(page, line)).held === 'true') return from
      await new Promise(resolve => setTimeout(resolve, 25))
    }
    await release(from)
  }
  throw new Error(`could not take hold of ${line}`)
}

/** Down by so many pixels with the mouse; `held` runs before the button is let go. */
export async function dragBy(page, line, pixels, held = async () => {}) {
  const from = await grab(
    page,
    line,
    async ({ x, y }) => {
      await page.mouse.move(x, y)
      await page.mouse.down()
    },
    () => page.mouse.up(),
  )
  await page.mouse.move(from.x, from.y + pixels / 2, { steps: 4 })
  await page.mouse.move(from.x, from.y + pixels, { steps: 4 })
  await held()
  await page.mouse.up()
}

/** The same with a finger. */
export async function touchDragBy(page, line, pixels) {
  const session = await page.context().newCDPSession(page)
  const touch = (type, points) => session.send('Input.dispatchTouchEvent', { type, touchPoints: points })
  const from = await grab(
    page,
    line,
    ({ x, y }) => touch('touchStart', [{ x, y }]),
    () => touch('touchEnd', []),
  )
  for (let part = 1; part <= 8; part++)
    await touch('touchMove', [{ x: from.x, y: from.y + (pixels * part) / 8 }])
  await touch('touchEnd', [])
  await session.detach()
}
