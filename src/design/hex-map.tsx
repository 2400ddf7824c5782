import { plain } from './plain.ts'

export interface HexCell {
  code: string
  name: string
  /** Its place in the grid: columns grow to the east, rows to the north; odd rows stand half a hexagon further east. */
  q: number
  r: number
  level: Level
  /** What the picture says about it in words: "5.2 places per 10,000 electors". */
  label: string
  href?: string | undefined
}

/** How strong a hexagon's colour is: 0 is none. */
export type Level = 0 | 1 | 2 | 3 | 4

// whole numbers in the very nearly exact proportion of a regular hexagon (45/26 for √3) keep 650 of them small
const half = 26
const row = 45
const shape = 'M0-28 24-14v28L0 28-24 14v-28z'

/**
 * One hexagon for each area, each a link with a name; `table` is the address of the same figures as a table.
 * Where nothing in it leads anywhere it is one picture, named by its label alone, and a quarter of the size.
 */
export function HexMap({
  cells,
  label,
  table,
}: {
  cells: readonly HexCell[]
  label: string
  table?: string | undefined
}) {
  const placed = cells.map((cell) => ({
    ...cell,
    x: half * (2 * cell.q + (cell.r % 2 === 0 ? 0 : 1)),
    y: -row * cell.r,
  }))
  const linked = cells.some(({ href }) => href)
  return (
    <div class="map">
      {table && linked && (
        <a class="skip" href={table}>
          Skip the map: the same figures as a table
        </a>
      )}
      <svg class="hexes" viewBox={frameOf(placed)} role={linked ? 'group' : 'img'} aria-label={label}>
        <defs>
          <path id={linked ? 'hex' : 'hexagon'} d={shape} />
        </defs>
        {linked ? placed.map(Hexagon) : levels.map((level) => <Hexagons level={level} placed={placed} />)}
      </svg>
    </div>
  )
}

type Placed = HexCell & { x: number; y: number }

const Hexagon = ({ name, label, level, href, x, y }: Placed) => (
  <a {...(href ? { href } : {})} class={`h${level}`}>
    <title>{`${name}: ${label}`}</title>
    <use href="#hex" x={x} y={y} />
  </a>
)

const levels: readonly Level[] = [0, 1, 2, 3, 4]

const Hexagons = ({ level, placed }: { level: Level; placed: readonly Placed[] }) => (
  <g class={`h${level}`}>
    {placed
      .filter((cell) => cell.level === level)
      .map(({ x, y }) => (
        <use href="#hexagon" x={x} y={y} />
      ))}
  </g>
)

function frameOf(placed: readonly { x: number; y: number }[]): string {
  if (placed.length === 0) return '0 0 100 100'
  const [left, right] = [Math.min(...placed.map(({ x }) => x)), Math.max(...placed.map(({ x }) => x))]
  const [top, bottom] = [Math.min(...placed.map(({ y }) => y)), Math.max(...placed.map(({ y }) => y))]
  return `${left - half - 4} ${top - 32} ${right - left + 2 * half + 8} ${bottom - top + 64}`
}

/** What each strength of colour means, in words, from none to most. */
export const Legend = ({ levels }: { levels: readonly string[] }) => (
  <ul {...plain} class="legend">
    {levels.map((words, level) => (
      <li>
        <svg viewBox="-30 -30 60 60" aria-hidden="true">
          <path class={`h${level}`} d={shape} />
        </svg>
        {words}
      </li>
    ))}
  </ul>
)
