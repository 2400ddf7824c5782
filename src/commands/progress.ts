/** How far long work has come: a bar on a terminal, a plain line now and then otherwise. */
import { stopwatch } from '#platform/clock'

/** How far work has come; without `total` it is only known to be going on. */
export interface Step {
  label: string
  done: number
  total?: number | undefined
}

/** Tells a terminal or a log how far work has come. Returns the teller, and how to end the line. */
export function progress(out: NodeJS.WriteStream = process.stderr): { tell: (step: Step) => void; end: () => void } {
  let last = { label: '', at: -Infinity, shown: false }
  const time = stopwatch()
  const every = out.isTTY ? 100 : 5_000
  return {
    tell: ({ label, done, total }) => {
      const whole = total !== undefined && done >= total
      if (label === last.label && !whole && time() - last.at < every) return
      if (out.isTTY) {
        if (last.shown && label !== last.label) out.write('\n')
        out.write(`\r\u001B[K${label} ${bar(done, total)}`)
      } else out.write(`${label}: ${count(done, total)}\n`)
      last = { label, at: time(), shown: true }
    },
    end: () => {
      if (out.isTTY && last.shown) out.write('\n')
    },
  }
}

const number = new Intl.NumberFormat('en-GB')

const count = (done: number, total: number | undefined): string =>
  total === undefined ? number.format(done) : `${number.format(done)} of ${number.format(total)}`

function bar(done: number, total: number | undefined): string {
  if (total === undefined || total === 0) return number.format(done)
  const filled = Math.round(30 * Math.min(1, done / total))
  return `[${'#'.repeat(filled)}${'.'.repeat(30 - filled)}] ${Math.floor((100 * done) / total)}%`
}
