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

/** Down by so many pixels with the mouse; `held` runs before the button is let go. */
export async function dragBy(page, line, pixels, held = async () => {}) {
  const from = await placeOf(page, line)
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x, from.y + pixels / 2, { steps: 4 })
  await page.mouse.move(from.x, from.y + pixels, { steps: 4 })
  await held()
  await page.mouse.up()
}

/** The same with a finger. */
export async function touchDragBy(page, line, pixels) {
  const from = await placeOf(page, line)
  const session = await page.context().newCDPSession(page)
  const touch = (type, y) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: y === null ? [] : [{ x: from.x, y }] })
  await touch('touchStart', from.y)
  for (let part = 1; part <= 8; part++) await touch('touchMove', from.y + (pixels * part) / 8)
  await touch('touchEnd', null)
  await session.detach()
}
