/** Everything a member's home shows of them. */
import { sql } from 'kysely'
import type { Day } from '#core/days'
import { remembered } from '#platform/remember'
import { personOf, type Visit } from '#platform/web'
import { findArea } from '../../areas/index.ts'
import { type PersonsPlace, placesOf } from '../../places/index.ts'
import { type RoundForMe, roundsForMe } from '../../rounds/index.ts'
import { type RunSummary, runsAhead } from '../../runs/index.ts'
import { soonest } from '../front/front.ts'
import { type NextStep, nextStep } from '../next-step.ts'
import { pathOf, type Stage } from './path.ts'

export interface MyPledge {
  id: string
  commitment: string
  madeOn: Day
  reviewOn: Day
  state: 'open' | 'kept' | 'partly kept' | 'not kept' | 'withdrawn'
  reviewedOn: Day | null
}

export interface Me {
  step: NextStep<PersonsPlace, MyPledge>
  /** What they hold, wait for or are offered, the soonest first. */
  coming: PersonsPlace[]
  path: Stage[]
  /** Their open pledge that is due first, or else the latest of them. */
  pledge: MyPledge | undefined
  /** How many open pledges there are beside it. */
  morePledges: number
  /** Training near them, where nothing of theirs is coming. */
  near: RunSummary[]
  home: string | undefined
  /** The rounds they can apply in, or have applied in lately. */
  rounds: RoundForMe[]
}

/** Loads it in at most six queries. */
export async function loadMe(visit: Visit): Promise<Me> {
  const { db, actor, now, today } = visit
  const person = personOf(actor)
  const places = await placesOf(visit, person, { limit: 60 })
  const { pledges, came, next } = await restOf(visit, person)
  const coming = places.filter((place) => isLive(place) && place.endsOn >= today && place.runState === 'published')
  const open = pledges.filter(({ state }) => state === 'open').toSorted((a, b) => (a.reviewOn < b.reviewOn ? -1 : 1))
  const step = nextStep({
    now,
    places: places.filter((place) => isLive(place) && place.runState === 'published'),
    pledges: open,
    pledged: pledges.some(({ state }) => state !== 'withdrawn'),
  })
  const looks = coming.length === 0
  const home = looks && actor.areaCode ? await findArea(db, actor.areaCode) : undefined
  // whoever looks has no place on any of them, so everyone in the same area is shown the same
  const near = looks
    ? await remembered(db, `near ${home?.code} ${today}`, 10, () => runsAhead(visit, { limit: 9, near: home }))
    : []
  return {
    step,
    coming,
    path: pathOf({
      places: places.map((place) => ({ ...place, came: came.includes(place.run) })),
      pledges,
      next,
      today,
    }),
    pledge: open[0] ?? pledges[0],
    morePledges: Math.max(0, open.length - 1),
    near: soonest(near, 3),
    home: home?.name,
    rounds: await roundsForMe(visit),
  }
}

const isLive = ({ state }: PersonsPlace): boolean => state === 'offered' || state === 'confirmed' || state === 'waiting'

interface Rest {
  pledges: MyPledge[]
  /** The runs to a session of which they came. */
  came: string[]
  /** A course to take next: one that builds on what they took, and that they did not take. */
  next: { slug: string; title: string } | null
}

async function restOf({ db, today }: Visit, person: string): Promise<Rest> {
  const { rows } = await sql<Rest>`
    with came as (
      select distinct session.run_id from attendance join run_session session on session.id = attendance.session_id
      where attendance.person_id = ${person} and attendance.mark in ('present', 'late')),
    had as (select distinct course_id from place where person_id = ${person} and state in ('offered', 'confirmed', 'waiting'))
    select
      (select coalesce(json_agg(json_build_object('id', id, 'commitment', commitment, 'madeOn', made_on, 'reviewOn', review_on,
          'state', state, 'reviewedOn', reviewed_on) order by made_on desc, id desc), '[]'::json)
        from (select * from pledge where person_id = ${person} order by made_on desc, id desc limit 30) pledge) as pledges,
      (select coalesce(json_agg(run_id), '[]'::json) from came) as came,
      (select json_build_object('slug', course.slug, 'title', version.title)
        from came join run on run.id = came.run_id and run.ends_on < ${today}::date
        join course_prerequisite builds on builds.needs = run.course_id
        join course on course.id = builds.course_id and course.retired_on is null
        join course_version version on version.id = course.published_version
        where not exists (select from had where had.course_id = course.id)
        order by exists (select from run ahead where ahead.course_id = course.id and ahead.state = 'published' and ahead.starts_on >= ${today}::date) desc,
          version.title limit 1) as next`.execute(db)
  return rows[0]!
}
