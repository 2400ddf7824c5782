/** Who has a place on a run, who waits, and since when: for those who arrange places there, and for its trainers. */
import { sql } from 'kysely'
import { z } from 'zod'
import type { Day } from '#core/days'
import { Absent, Invalid } from '#core/refusal'
import { action, fields, type Listing, mayDo, type Visit } from '#platform/web'
import { academyWithin } from '#platform/within'
import { giveOrQueue } from './ask.ts'

export interface RunForStaff {
  id: string
  title: string
  course: string
  academy: string
  state: string
  startsOn: Day
  endsOn: Day
  capacity: number
  taken: number
  waiting: number
  /** Whether this person arranges places here; a trainer of the run sees names only. */
  arranges: boolean
}

export interface PersonOnRun {
  place: string
  name: string
  state: 'confirmed' | 'offered' | 'waiting' | 'withdrawn' | 'declined' | 'lapsed' | 'cancelled'
  since: Date
  offerUntil: Date | null
  /** Their place in the line, from 1, while they wait. */
  line: number | null
  turnedUp: boolean
  endedWhy: string
  /** What only those who arrange are shown. */
  number: string | null
  email: string | null
  needs: 'to arrange' | 'arranged' | null
}

export const states = ['confirmed', 'offered', 'waiting', 'gone'] as const

export interface PeopleOfRun {
  run: RunForStaff
  people: PersonOnRun[]
  total: number
}

/** The people of a run, by a page of the list; nothing where this person neither arranges its places nor leads it. */
export const peopleOf = (
  visit: Visit,
  id: string,
  {
    limit,
    offset,
    descending,
    sort,
  }: Pick<Listing<'state' | 'name' | 'since'>, 'limit' | 'offset' | 'descending' | 'sort'>,
): Promise<PeopleOfRun | undefined> =>
  visit.atomically(async ({ db, actor, query }) => {
    const run = await runForStaff({ db, actor }, id)
    if (!run) return undefined
    const state = states.find((known) => known === query.get('state'))
    const direction = descending ? sql`desc` : sql`asc`
    const order = {
      state: sql`array_position(array['confirmed', 'offered', 'waiting'], place.state) ${direction} nulls last, place.turn ${direction}`,
      name: sql`person.name ${direction}, place.turn`,
      since: sql`since ${direction}, place.turn ${direction}`,
    }[sort]
    const { rows } = await sql<PersonOnRun & { total: number }>`
      select place.id as place, person.name, place.state, place.turned_up as "turnedUp", place.ended_why as "endedWhy",
        case place.state when 'confirmed' then coalesce(place.confirmed_at, place.asked_at) when 'offered' then place.offered_at
          when 'waiting' then place.asked_at else coalesce(place.ended_at, place.asked_at) end as since,
        case place.state when 'offered' then place.offer_until end as "offerUntil",
        case place.state when 'waiting' then 1 + (select count(*)::int from place before
          where before.run_id = place.run_id and before.state = 'waiting' and before.turn < place.turn) end as line,
        ${run.arranges ? sql`person.membership_number as number, person.email` : sql`null as number, null as email`},
        case when need.place_id is null then null when need.arranged_at is null then 'to arrange' else 'arranged' end as needs,
        count(*) over()::int as total
      from place join person on person.id = place.person_id
        left join access_need need on need.place_id = place.id and ${run.arranges}::boolean
      where place.run_id = ${id} and ${
        state === undefined
          ? sql`place.state in ('offered', 'confirmed', 'waiting')`
          : state === 'gone'
            ? sql`place.state in ('withdrawn', 'declined', 'lapsed', 'cancelled')`
            : sql`place.state = ${state}`
      }
      order by ${order} limit ${limit} offset ${offset}`.execute(db)
    let total = 0
    const people = rows.map(({ total: all, ...person }) => {
      total = all
      return person
    })
    return { run, people, total }
  })

async function runForStaff({ db, actor }: Pick<Visit, 'db' | 'actor'>, id: string): Promise<RunForStaff | undefined> {
  const arranges = academyWithin(actor, 'places.arrange', 'run.academy_id')
  const leads = sql<boolean>`exists (select from run_trainer where run_id = run.id and person_id = ${actor.id})`
  return db
    .selectFrom('run')
    .innerJoin('course', 'course.id', 'run.course_id')
    .innerJoin('course_version as version', 'version.id', 'run.course_version_id')
    .innerJoin('academy', 'academy.id', 'run.academy_id')
    .where('run.id', '=', id)
    .where((eb) => eb.or([arranges, leads]))
    .select(['run.id', 'version.title', 'course.slug as course', 'academy.name as academy', 'run.state'])
    .select(['run.starts_on as startsOn', 'run.ends_on as endsOn', 'run.capacity', 'run.taken', 'run.waiting'])
    .select(arranges.as('arranges'))
    .executeTakeFirst()
}

/** Someone on a run, before they are taken off it. */
export const personOnRun = ({ db, actor }: Visit, place: string) =>
  db
    .selectFrom('place')
    .innerJoin('run', 'run.id', 'place.run_id')
    .innerJoin('course_version as version', 'version.id', 'run.course_version_id')
    .innerJoin('person', 'person.id', 'place.person_id')
    .where('place.id', '=', place)
    .where('place.state', 'in', ['offered', 'confirmed', 'waiting'])
    .where(academyWithin(actor, 'places.arrange', 'run.academy_id'))
    .select(['place.id', 'place.run_id as run', 'place.state', 'person.name', 'version.title'])
    .executeTakeFirst()

/** Asks for a place for a member, by the same rule as if they asked themselves: nobody is put before those who wait. */
export const addMember = action({
  scope: 'places:arrange',
  does: 'Asks for a place on a run for a member, by their membership number and by the same rule as if they had asked.',
  access: mayDo('places.arrange'),
  fields: z.object({
    id: fields.id,
    number: fields.text('Enter a membership number', 40).describe('The membership number.'),
  }),
  run: async (visit, { id, number }) => {
    const { db, actor } = visit
    const run = await runForStaff({ db, actor }, id)
    if (!run?.arranges) throw new Absent()
    const member = await db
      .selectFrom('person')
      .where('membership_number', '=', number)
      .where('standing', '=', 'member')
      .select(['id', 'name'])
      .executeTakeFirst()
    if (!member) throw new Invalid({ number: 'No member has this number. Check it with them.' })
    const asked = await giveOrQueue(visit, { run: id, person: member.id, says: refusedToStaff })
    return { ...asked, name: member.name }
  },
})

const refusedToStaff: Readonly<Record<string, string>> = {
  cancelled: 'This run has been cancelled, so nobody can be added to it.',
  'by round': 'Places on this run are given in a round, so nobody can be added to it by hand.',
  'too late': 'This run has begun. Add people who turn up in the register of the session.',
  leads: 'This person is one of the trainers of the run.',
  holds: 'This member already holds a place on another run of the course. They can change to this one themselves.',
}
