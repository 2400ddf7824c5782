import type { ComponentChildren } from 'preact'
import { type Day, sayDate, stubOf } from '#core/days'
import { plain } from './plain.ts'

/** A date as a ticket stub. */
export function DayStub({ day }: { day: Day }) {
  const stub = stubOf(day)
  return (
    <time class="day" datetime={day}>
      <span class="unseen">{sayDate(day)}</span>
      <b aria-hidden="true">{stub.day}</b>
      <i aria-hidden="true">{stub.month}</i>
    </time>
  )
}

/** Where a date will stand once there is one. */
const NoDay = () => (
  <span class="day none" aria-hidden="true">
    <b>–</b>
  </span>
)

/** How much of something is taken, as a bar; the words beside it say the same. */
export const Meter = ({ taken, of }: { taken: number; of: number }) => (
  <svg class={taken >= of ? 'meter full' : 'meter'} aria-hidden="true">
    <rect width={`${of > 0 ? Math.min(100, Math.round((taken / of) * 100)) : 100}%`} height="100%" rx="4" />
  </svg>
)

/** How much is taken in a cell of a table: the bar, and "11/20" beside it. */
export const Taken = (the: { taken: number; of: number }) => (
  <span class="taken">
    <Meter {...the} />
    {`${the.taken}/${the.of}`}
  </span>
)

/** How many places a run has left, as a bar and in words. */
export const Places = ({
  taken,
  places,
  waiting = 0,
}: {
  taken: number
  places: number
  waiting?: number | undefined
}) => (
  <div class="seats">
    <Meter taken={taken} of={places} />
    <small>{sayPlaces(taken, places, waiting)}</small>
  </div>
)

/** "11 of 20 places left", "Full · 3 waiting", "Full" */
export function sayPlaces(taken: number, places: number, waiting = 0): string {
  if (taken >= places) return waiting > 0 ? `Full · ${waiting} waiting` : 'Full'
  const left = places - taken
  return `${left} of ${places} ${places === 1 ? 'place' : 'places'} left`
}

/** "20 places, by draw", of a run whose places are still to be drawn in a round. */
export const sayToBeDrawn = (places: number): string => `${places} ${places === 1 ? 'place' : 'places'}, by draw`

export interface RunRowProps {
  /** When it starts; null where it has no date yet. */
  day: Day | null
  title: string
  href: string
  /** When, where and how far, in one line. */
  about: ComponentChildren
  tags?: ComponentChildren
  taken?: number | undefined
  places?: number | undefined
  waiting?: number | undefined
  /** Its places are still to be drawn in a round, so that none can be asked for yet. */
  toBeDrawn?: boolean | undefined
  /** Stands in place of the places: what this person can do with this run. */
  beside?: ComponentChildren
  /** The level of its heading: 3 below a section, 2 directly below the page's title. */
  level?: 2 | 3
}

/** One run in a list of runs. */
export function RunRow(props: RunRowProps) {
  const { day, title, href, about, tags, taken, places, waiting, toBeDrawn, beside, level = 3 } = props
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <li>
      {day === null ? <NoDay /> : <DayStub day={day} />}
      <div>
        <Heading>
          <a href={href}>{title}</a>
        </Heading>
        <p class="quiet">{about}</p>
        {tags && <p class="tags">{tags}</p>}
      </div>
      {beside || (toBeDrawn && places !== undefined) ? (
        <div class="seats">{beside || <small>{sayToBeDrawn(places!)}</small>}</div>
      ) : (
        places !== undefined && taken !== undefined && <Places taken={taken} places={places} waiting={waiting} />
      )}
    </li>
  )
}

/** A list of runs; its children are `RunRow`s. */
export const Runs = ({ children }: { children: ComponentChildren }) => (
  <ul {...plain} class="runs">
    {children}
  </ul>
)
