/** Priority bands: which published facts put some members before others in a round. */
import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#core/days'
import type { Visit } from '#platform/web'

/** The facts a round's policy may name. Each can be checked by the member it is about. */
export const facts = ['no place before', 'waited before', 'holds a pledge', 'area has no trained organiser'] as const
export type Fact = (typeof facts)[number]

/** Each fact as the end of "those who …". */
export const factWords: Readonly<Record<Fact, string>> = {
  'no place before': 'have never had a place',
  'waited before': 'applied in an earlier round and got nothing',
  'holds a pledge': 'have made a pledge and not given it up',
  'area has no trained organiser': 'live where nobody has finished a run on organising',
}

/** Each fact as said to the member of whom it is true. */
export const factToYou: Readonly<Record<Fact, string>> = {
  'no place before': 'you have never had a place',
  'waited before': 'you applied in an earlier round and got nothing',
  'holds a pledge': 'you have made a pledge',
  'area has no trained organiser': 'nobody in your constituency has finished a run on organising',
}

/** The policy in one sentence: "First those who …, then those who …, then everyone else." */
export function sayBands(bands: readonly Fact[]): string {
  if (bands.length === 0) return 'Everyone is in the draw on the same footing.'
  const parts = bands.map((fact, index) => `${index === 0 ? 'First' : 'then'} those who ${factWords[fact]}`)
  return `${parts.join(', ')}, then everyone else.`
}

/** Who is in one band: "those who have never had a place", "everyone else". */
export const sayBand = (bands: readonly Fact[], band: number): string =>
  bands[band] ? `those who ${factWords[bands[band]]}` : bands.length === 0 ? 'everyone' : 'everyone else'

export interface Banded {
  application: string
  pseudonym: string
  /** The position of the first fact in the round's list that is true of the member; none true: the length of the list. */
  band: number
}

type Of = Pick<Visit, 'db' | 'today'>
type OfRound = { id: string; bands: readonly string[] }

/** The bands of all applications of a round that stand, as things are now. In one query. */
export async function bandsOf({ db, today }: Of, round: OfRound): Promise<Banded[]> {
  const { rows } = await sql<Banded>`${knowing(round.bands, today)}
    select applicant.id as application, applicant.pseudonym, ${bandFrom(round)} as band
    from application applicant join person on person.id = applicant.person_id
    where applicant.round_id = ${round.id} and applicant.withdrawn_at is null order by applicant.pseudonym`.execute(db)
  return rows
}

/** In which band a member would be if the round were closed now. */
export async function bandOfMember({ db, today }: Of, round: OfRound, person: string): Promise<number> {
  const { rows } = await sql<{ band: number }>`${knowing(round.bands, today, person)}
    select ${bandFrom(round)} as band from person where person.id = ${person}`.execute(db)
  return rows[0]?.band ?? round.bands.length
}

const bandFrom = ({ id, bands }: OfRound): RawBuilder<number> => {
  const known = bands.filter((fact): fact is Fact => fact in conditions)
  if (known.length === 0) return sql<number>`0::int`
  const whens = known.map((fact, band) => sql`when ${conditions[fact](id)} then ${sql.lit(band)}`)
  return sql<number>`(case ${sql.join(whens, sql` `)} else ${sql.lit(known.length)} end)::int`
}

/** Each fact of the `person` of a query. A place that was given up again does not count: giving one up never counts against anyone. */
const conditions: Readonly<Record<Fact, (round: string) => RawBuilder<boolean>>> = {
  'no place before': () =>
    sql`not exists (select from place had where had.person_id = person.id and had.state = 'confirmed')`,
  'waited before': (round) =>
    sql`exists (select from application before join round earlier on earlier.id = before.round_id
      where before.person_id = person.id and earlier.id <> ${round} and earlier.state = 'drawn'
        and before.withdrawn_at is null and before.number is not null and before.run_id is null)`,
  'holds a pledge': () =>
    sql`exists (select from pledge where pledge.person_id = person.id and pledge.state in ('open', 'kept', 'partly kept'))`,
  'area has no trained organiser': () =>
    sql`(person.area_code is not null and person.area_code not in (select area_code from organised))`,
}

/** The areas in which somebody has finished a run on organising; worked out once for all, and only where it is asked. */
function knowing(bands: readonly string[], today: Day, person?: string): RawBuilder<unknown> {
  if (!bands.includes('area has no trained organiser')) return sql``
  const there =
    person === undefined ? sql`` : sql`and trained.area_code = (select area_code from person where id = ${person})`
  return sql`with organised as materialized (
    select distinct trained.area_code from place done
      join run on run.id = done.run_id and run.ends_on < ${today}::date
      join course_version version on version.id = run.course_version_id and version.strand = 'organising'
      join person trained on trained.id = done.person_id
    where done.state = 'confirmed' and trained.area_code is not null ${there})`
}
