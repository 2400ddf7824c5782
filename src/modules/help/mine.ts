/** What a person asked for, as they see it themselves. */
import { sql } from 'kysely'
import type { Day } from '#core/days'
import type { Visit } from '#platform/web'
import { applicationsToHelp, type For, placesToHelp } from './for.ts'
import type { Kind, State } from './kinds.ts'

export interface MyRequest {
  id: string
  kind: Kind
  says: string
  state: State
  /** The course of the run, or of the place it waits for, or the round. */
  title: string
  startsOn: Day | null
  academy: string
  /** Whether they have the place it is for. */
  hasPlace: boolean
  asked: number
  awarded: number
  askedAt: Date
  decidedAt: Date | null
  why: string
  paidAt: Date | null
  reference: string | null
  receiptedAt: Date | null
}

export interface MyHelp {
  requests: MyRequest[]
  /** The places and the applications they may ask help with. */
  places: For[]
  applications: For[]
}

/** Their requests, the newest first, and the places they may ask help with. Inside a transaction, since the rows are shown to no one else. */
export const loadMyHelp = (visit: Visit): Promise<MyHelp> =>
  visit.atomically(async (inside) => ({
    requests: await requestsOf(inside),
    places: await placesToHelp(inside),
    applications: await applicationsToHelp(inside),
  }))

async function requestsOf({ db, actor }: Visit): Promise<MyRequest[]> {
  const { rows } = await sql<MyRequest>`
    select r.id, r.kind, r.says, r.state, coalesce(version.title, round.name, '') as title, run.starts_on as "startsOn",
      academy.name as academy, r.run_id is not null as "hasPlace", r.asked_pence as asked, r.awarded_pence as awarded,
      r.asked_at as "askedAt", r.decided_at as "decidedAt", r.decided_why as why, r.paid_at as "paidAt",
      r.paid_reference as reference, r.receipted_at as "receiptedAt"
    from help_request r join academy on academy.id = r.academy_id left join place on place.id = r.place_id
      left join run on run.id = coalesce(r.run_id, place.run_id) left join course_version version on version.id = run.course_version_id
      left join application on application.id = r.application_id left join round on round.id = application.round_id
    where r.person_id = ${actor.id} order by r.asked_at desc, r.id limit 200`.execute(db)
  return rows
}
