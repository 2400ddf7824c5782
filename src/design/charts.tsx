import { scaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'
import { plain } from './plain.ts'

/** Two figures side by side for each of several things. Positions are in hundredths of the width, so that words keep their size on a phone. */
export function Bars({
  rows,
  label,
}: {
  rows: readonly { label: string; want: number; have: number; wantText: string; haveText: string }[]
  label: string
}) {
  const most = Math.max(1, ...rows.flatMap(({ want, have }) => [want, have]))
  const long = (value: number) => `${((value / most) * 72).toFixed(1)}%`
  return (
    <ul {...plain} class="bars" aria-label={label}>
      {rows.map((row) => (
        <li>
          <span>{row.label}</span>
          <svg role="img" aria-label={`${row.wantText}, ${row.haveText}`}>
            <rect class="want" y="3" width={long(row.want)} height="14" rx="2" />
            <text x={long(row.want)} dx="8" y="15">
              {row.wantText}
            </text>
            <rect class="have" y="23" width={row.have > 0 ? long(row.have) : '2'} height="14" rx="2" />
            <text class="quiet" x={row.have > 0 ? long(row.have) : '2'} dx="8" y="35">
              {row.haveText}
            </text>
          </svg>
        </li>
      ))}
    </ul>
  )
}

export interface Series {
  name: string
  points: readonly { x: number; y: number }[]
}

/** Figures over time as lines, with a band for what is likely. The lines are told apart by colour, dash and name. */
export function Lines({
  series,
  band = [],
  ticks,
  label,
  say = (y) => number.format(y),
}: {
  series: readonly Series[]
  band?: readonly { x: number; low: number; high: number }[]
  /** The marks along the bottom. */
  ticks: readonly { x: number; label: string }[]
  label: string
  say?: (y: number) => string
}) {
  const xs = [...series.flatMap(({ points }) => points.map(({ x }) => x)), ...band.map(({ x }) => x)]
  const ys = [...series.flatMap(({ points }) => points.map(({ y }) => y)), ...band.map(({ high }) => high)]
  if (xs.length === 0) return null
  const across = scaleLinear([Math.min(...xs), Math.max(...xs)], [0, 1000])
  const up = scaleLinear([0, Math.max(1, ...ys)], [1000, 0]).nice(4)
  const whole = (value: number) => Math.round(value)
  const path = line<{ x: number; y: number }>(
    (at) => whole(across(at.x)),
    (at) => whole(up(at.y)),
  )
  const strip = area<{ x: number; low: number; high: number }>(
    (at) => whole(across(at.x)),
    (at) => whole(up(at.low)),
    (at) => whole(up(at.high)),
  )
  return (
    <figure class="lines">
      <svg role="img" aria-label={label}>
        {/* the plot stretches with the page; the words below and beside it do not */}
        <svg x="0" y="0" width="100%" height="100%" viewBox="0 0 1000 1000" preserveAspectRatio="none">
          {up.ticks(4).map((tick) => (
            <path class="rule" d={`M0 ${whole(up(tick))}H1000`} />
          ))}
          {band.length > 1 && <path class="band" d={strip(band) ?? ''} />}
          {series.map(({ points }, index) => (
            <path class={`line s${index % 8}`} d={path(points) ?? ''} />
          ))}
        </svg>
        {up
          .ticks(4)
          .filter((tick) => tick > 0)
          .map((tick) => (
            <text class="quiet" x="0" y={`${whole(up(tick)) / 10}%`} dy="-4">
              {say(tick)}
            </text>
          ))}
      </svg>
      <svg class="ticks" aria-hidden="true">
        {ticks.map(({ x, label }) => {
          const at = across(x) / 10
          return (
            <text
              class="quiet"
              x={`${at.toFixed(1)}%`}
              y="18"
              text-anchor={at < 5 ? 'start' : at > 95 ? 'end' : 'middle'}
            >
              {label}
            </text>
          )
        })}
      </svg>
      <figcaption>
        <ul {...plain} class="legend">
          {series.map(({ name }, index) => (
            <li>
              <svg viewBox="0 0 28 20" aria-hidden="true">
                <path class={`line s${index % 8}`} d="M0 10H28" />
              </svg>
              {name}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  )
}

export interface Dot {
  /** Where it stands, from 0 to 1, from the left and from the top. */
  x: number
  y: number
  group: number
}

/** Many people as dots, near where they are alike. Groups differ by colour, shape and name. */
export const Dots = ({
  dots,
  names,
  you,
  label,
}: {
  dots: readonly Dot[]
  /** The groups' names, where each is to be written. */
  names: readonly { name: string; x: number; y: number }[]
  you?: { x: number; y: number } | undefined
  label: string
}) => (
  <svg class="dots" role="img" aria-label={label}>
    <svg viewBox="0 0 1000 700">
      <defs>
        {shapes.map((shape, index) => (
          <path id={`dot-${index}`} d={shape} />
        ))}
      </defs>
      {dots.map(({ x, y, group }) => (
        <use
          href={`#dot-${group % shapes.length}`}
          class={`g${group % 8}`}
          x={Math.round(x * 1000)}
          y={Math.round(y * 700)}
        />
      ))}
      {you && <circle class="you" cx={Math.round(you.x * 1000)} cy={Math.round(you.y * 700)} r="17" />}
    </svg>
    {names.map(({ name, x, y }) => (
      <text x={percent(x)} y={percent(y)} text-anchor="middle">
        {name}
      </text>
    ))}
    {you && (
      <text
        x={percent(you.x)}
        y={percent(you.y)}
        dx={you.x > 0.8 ? -16 : 16}
        dy="5"
        text-anchor={you.x > 0.8 ? 'end' : 'start'}
      >
        You
      </text>
    )}
  </svg>
)

// a circle, a square, a triangle, a diamond, all of about the same area
const shapes = ['M-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0', 'M-6-6h12v12h-12z', 'M0-8 8 6H-8z', 'M0-9 7 0 0 9-7 0z']

const percent = (part: number) => `${(part * 100).toFixed(1)}%`

/** What parts of a whole answered: agree, pass, disagree. */
export const Split = ({ agree, disagree, pass }: { agree: number; disagree: number; pass: number }) => {
  const all = Math.max(1, agree + disagree + pass)
  const part = (count: number) => (count / all) * 100
  return (
    <svg
      class="split"
      role="img"
      aria-label={`${Math.round(part(agree))} in 100 agree, ${Math.round(part(disagree))} disagree, ${Math.round(part(pass))} pass`}
    >
      <rect class="agree" width={`${part(agree)}%`} height="100%" />
      <rect class="pass" x={`${part(agree)}%`} width={`${part(pass)}%`} height="100%" />
      <rect class="disagree" x={`${part(agree) + part(pass)}%`} width={`${part(disagree)}%`} height="100%" />
    </svg>
  )
}

const number = new Intl.NumberFormat('en-GB')
