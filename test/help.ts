/** Academies, members and rounds for the tests of help. */
import { sql } from 'kysely'
import { noon, type Person, type World } from './world.ts'
import { askForPlace } from '../src/modules/places/ask.ts'
import { makePot } from '../src/modules/help/pot.ts'
import { keepRule } from '../src/modules/help/rule.ts'

/** An academy with a pot of £100, rules, two coordinators, a trainer, and a run. */
export async function academyOf(world: World, { pot = '100', capacity = 3 } = {}) {
  const academy = await world.academy()
  const { slug } = await world.db
    .selectFrom('academy')
    .where('id', '=', academy)
    .select('slug')
    .executeTakeFirstOrThrow()
  const rights = [{ role: 'coordinator' as const, academy }]
  const [martin, sheila] = [await world.person({ name: 'Martin Hallam', rights }), await world.person({ rights })]
  const ruth = await world.person({ name: 'Ruth Osei', rights: [{ role: 'trainer', academy }] })
  const run = await world.run({ academy, capacity, trainers: [ruth.id] })
  if (pot !== '')
    await martin.does(makePot, { slug, name: 'Spring', startsOn: '2027-01-01', endsOn: '2027-03-31', amount: pot })
  const rule = (kind: string, most: string, byRule: string) =>
    martin.does(keepRule, { slug, kind, offered: 'yes', most, byRule })
  await rule('travel', '40', '15')
  await rule('childcare', '60', '')
  await rule('quiet-room', '', '')
  const placed = async (name = 'Amina Farooq') => {
    const person = await world.person({ name })
    const { place } = await person.does(askForPlace, { id: run })
    return { person, place }
  }
  return { academy, slug, martin, sheila, ruth, run, placed, rule }
}

/** A request as its member sees it, whoever acts. */
export const requestOf = async ({ db }: World, person: Person, id: string) => {
  await sql`select set_config('hearten.person', ${person.id}, true)`.execute(db)
  return db.selectFrom('help_request').where('id', '=', id).selectAll().executeTakeFirstOrThrow()
}
export const potsOf = ({ db }: World, academy: string) =>
  db.selectFrom('help_pot').where('academy_id', '=', academy).select(['amount_pence', 'awarded_pence']).execute()
export const letters = ({ db }: World, person: Person) =>
  db
    .selectFrom('mail')
    .where('person_id', '=', person.id)
    .where('kind', 'like', 'help-%')
    .orderBy('made_at')
    .orderBy('id')
    .select(['kind', 'body'])
    .execute()

export async function roundOf({ db }: World, academy: string, run: string): Promise<string> {
  const { id } = await db
    .insertInto('round')
    .values({
      slug: `round-${run.slice(-12)}`,
      name: 'Spring 2027',
      academy_id: academy,
      opens_at: new Date('2026-11-01'),
      closes_at: new Date('2026-12-01'),
      reveal_until: new Date('2026-12-02'),
      state: 'published',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('round_run').values({ run_id: run, round_id: id }).execute()
  return id
}

export const applicationOf = async ({ db }: World, round: string, person: Person, runs: string[]): Promise<string> =>
  (
    await db
      .insertInto('application')
      .values({
        round_id: round,
        person_id: person.id,
        pseudonym: person.id,
        choices: runs,
        submitted_at: noon,
        changed_at: noon,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id

export async function placeOf(
  { db }: World,
  run: string,
  person: Person,
  application: string,
  state: string,
): Promise<string> {
  const { course_id } = await db.selectFrom('run').where('id', '=', run).select('course_id').executeTakeFirstOrThrow()
  const { id } = await db
    .insertInto('place')
    .values({ run_id: run, course_id, person_id: person.id, application_id: application, state })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
