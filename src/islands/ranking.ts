/** Ranking: shows the numbered choices of a form as a list that can be dragged or moved with buttons, and keeps the two in step. */

function enliven(ranking: HTMLElement, within: HTMLFormElement): void {
  const list = ranking.querySelector('ol')!
  const status = ranking.querySelector('output')!
  const most = Number(ranking.dataset['ranking'])
  const selects = [...within.querySelectorAll<HTMLSelectElement>('select[name^="choice-"]')]
  let order = selects
    .filter(({ value }) => value !== '')
    .toSorted((a, b) => Number(a.value) - Number(b.value))
    .slice(0, most)

  /** Writes the order into the numbers beside the runs, and draws the list. */
  const show = (said = ''): void => {
    for (const select of selects) select.value = order.includes(select) ? String(order.indexOf(select) + 1) : ''
    ranking.hidden = order.length === 0
    list.replaceChildren(...order.map((select, at) => item(select, at)))
    status.textContent = said
  }

  const move = (select: HTMLSelectElement, to: number): void => {
    order = order.filter((one) => one !== select)
    order.splice(to, 0, select)
    order = order.slice(0, most)
    show(`${titleOf(select)} is now number ${order.indexOf(select) + 1} of ${order.length}.`)
  }

  const item = (select: HTMLSelectElement, at: number): HTMLLIElement => {
    const title = titleOf(select)
    const row = document.createElement('li')
    const words = document.createElement('span')
    words.textContent = title
    const about = document.createElement('small')
    about.textContent = aboutOf(select)
    words.append(about)
    const moves = document.createElement('div')
    moves.append(
      button(
        '↑',
        `Move ${title} up`,
        at === 0,
        () => move(select, at - 1),
        () => neighbour(list, at - 1, 0),
      ),
      button(
        '↓',
        `Move ${title} down`,
        at === order.length - 1,
        () => move(select, at + 1),
        () => neighbour(list, at + 1, 1),
      ),
      button(
        '×',
        `Take out ${title}`,
        false,
        () => {
          order = order.filter((one) => one !== select)
          show(`${title} is taken out.`)
        },
        () => neighbour(list, Math.min(at, order.length - 1), 2) ?? select,
      ),
    )
    row.append(words, moves)
    dragged(row, list, (to) => move(select, to))
    return row
  }

  for (const select of selects)
    select.addEventListener('change', () => {
      if (select.value !== '') return move(select, Math.min(Number(select.value) - 1, order.length))
      order = order.filter((one) => one !== select)
      show(`${titleOf(select)} is taken out.`)
    })
  show()
}

/** The button of an item that takes over the focus, so that one can go on by keyboard. */
function neighbour(list: HTMLOListElement, at: number, kind: number): HTMLElement | undefined {
  const buttons = [...(list.children[at]?.querySelectorAll('button') ?? [])]
  const wanted = buttons[kind]
  return wanted && !wanted.disabled ? wanted : buttons.find(({ disabled }) => !disabled)
}

function button(
  sign: string,
  label: string,
  disabled: boolean,
  does: () => void,
  next: () => HTMLElement | undefined,
): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.textContent = sign
  made.disabled = disabled
  made.setAttribute('aria-label', label)
  made.addEventListener('click', () => {
    does()
    next()?.focus()
  })
  return made
}

/** Lets a row be dragged by mouse, pen or finger; where it is let go, it stays. */
function dragged(row: HTMLLIElement, list: HTMLOListElement, drop: (to: number) => void): void {
  let begun: number | undefined
  row.addEventListener('pointerdown', (event) => {
    // a finger on the words scrolls the page; one on the number before them, where there is nothing else to do, drags
    if (event.button !== 0 || (event.target as Element).closest('button')) return
    if (event.pointerType === 'touch' && event.target !== row) return
    begun = event.clientY
    row.setPointerCapture(event.pointerId)
    row.classList.add('dragged')
  })
  row.addEventListener('pointermove', (event) => {
    if (begun === undefined) return
    row.style.transform = `translateY(${event.clientY - begun}px)`
  })
  const end = (event: PointerEvent): void => {
    if (begun === undefined) return
    const moved = Math.abs(event.clientY - begun)
    begun = undefined
    row.classList.remove('dragged')
    row.style.transform = ''
    if (event.type === 'pointercancel' || moved < 8) return
    const others = [...list.children].filter((one) => one !== row)
    const above = others.filter((one) => {
      const { top, height } = one.getBoundingClientRect()
      return top + height / 2 < event.clientY
    })
    drop(above.length)
  }
  row.addEventListener('pointerup', end)
  row.addEventListener('pointercancel', end)
}

const rowOf = (select: HTMLSelectElement): Element => select.closest('li')!
const titleOf = (select: HTMLSelectElement): string => rowOf(select).querySelector('a')?.textContent?.trim() ?? ''
const aboutOf = (select: HTMLSelectElement): string => {
  const [pattern, where] = (rowOf(select).querySelector('.quiet')?.textContent ?? '').split(' · ')
  return [pattern?.split(',')[0], where].filter(Boolean).join(', ')
}

const place = document.querySelector<HTMLElement>('[data-ranking]')
const form = place?.closest('form')
if (place && form) enliven(place, form)
