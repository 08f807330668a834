/** For what is painted by hand: an element that says it already is left alone, for every write costs style, layout and paint. */
export function write(element: Element | null | undefined, text: string): void {
  if (!element) return
  const { firstChild } = element
  if (firstChild instanceof Text) {
    if (firstChild.data !== text) firstChild.data = text
  } else if (text !== '') element.textContent = text
}

/** An attribute by hand; null: without it. */
export function mark(element: Element | null | undefined, name: string, value: string | null): void {
  if (!element || element.getAttribute(name) === value) return
  if (value === null) element.removeAttribute(name)
  else element.setAttribute(name, value)
}
