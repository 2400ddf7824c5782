import { sql } from 'kysely'
import { describe, expect } from 'vitest'
import { test } from '../../../test/world.ts'
import { askWithPlace } from './ask.ts'
import { decideHelp } from './decide.ts'
import { academyOf } from '../../../test/help.ts'
import { changePot } from './pot.ts'
import { keepRule } from './rule.ts'

describe('Trainers', () => {
  test('see none of it: not by page, not through the API, not in the database', async (world) => {
    const the = await academyOf(world)
    const { person, place } = await the.placed()
    const { request: id } = await person.does(askWithPlace, {
      id: place,
      kind: 'travel',
      amount: '12.34',
      says: 'Wheelchair taxi',
    })
    for (const url of [
      `/help/${id}`,
      `/academies/${the.slug}/help`,
      `/academies/${the.slug}/help/report`,
      `/places/${place}/help`,
      `/api/help/${id}`,
      `/api/academies/${the.slug}/help`,
    ]) {
      const seen = url.startsWith('/api') ? await the.ruth.api('GET', url) : await the.ruth.get(url)
      expect([403, 404], url).toContain(seen.status)
    }
    for (const url of [
      `/runs/${the.run}`,
      `/runs/${the.run}/people`,
      `/runs/${the.run}/people.csv`,
      '/teaching',
      '/help',
    ])
      expect((await the.ruth.get(url)).body, url).not.toMatch(/Wheelchair|12\.34/)
    const rows = async (as: string) => {
      await sql`set local role hearten_app`.execute(world.db)
      await sql`select set_config('hearten.person', ${as}, true)`.execute(world.db)
      return (await sql`select from help_request`.execute(world.db)).rows.length
    }
    expect(await rows(the.ruth.id)).toBe(0)
    expect(await rows(the.martin.id)).toBe(1)
    expect(await rows(person.id)).toBe(1)
    const elsewhere = await academyOf(world)
    expect(await rows(elsewhere.martin.id)).toBe(0)
    await sql`select set_config('hearten.person', ${the.ruth.id}, true)`.execute(world.db)
    expect((await sql`update help_request set says = 'x' returning 1`.execute(world.db)).rows).toEqual([])
  })

  test('a coordinator of another academy finds neither the request nor the pot', async (world) => {
    const the = await academyOf(world)
    const elsewhere = await academyOf(world)
    const { person, place } = await the.placed()
    const { request: id } = await person.does(askWithPlace, { id: place, kind: 'childcare' })
    const { id: pot } = await world.db
      .selectFrom('help_pot')
      .where('academy_id', '=', the.academy)
      .select('id')
      .executeTakeFirstOrThrow()
    expect((await elsewhere.martin.get(`/help/${id}`)).status).toBe(404)
    expect((await elsewhere.martin.get(`/academies/${the.slug}/help`)).status).toBe(404)
    await expect(elsewhere.martin.does(decideHelp, { id, answer: 'give' })).rejects.toMatchObject({ name: 'Absent' })
    const said = { name: 'Mine', startsOn: '2027-01-01', endsOn: '2027-03-31', amount: '1' }
    await expect(elsewhere.martin.does(changePot, { id: pot, ...said })).rejects.toMatchObject({ name: 'Absent' })
    await expect(elsewhere.martin.does(keepRule, { slug: the.slug, kind: 'travel', most: '1' })).rejects.toMatchObject({
      name: 'Absent',
    })
  })

  test('that someone read it goes on the member’s record once a day', async (world) => {
    const the = await academyOf(world)
    const { person, place } = await the.placed()
    const { request: id } = await person.does(askWithPlace, { id: place, kind: 'childcare' })
    await the.martin.get(`/academies/${the.slug}/help`)
    await the.martin.get(`/help/${id}`)
    const seen = await world.db.selectFrom('happening').where('what', '=', 'help.seen').selectAll().execute()
    expect(seen.filter(({ about }) => (about as { person: string }).person === person.id)).toHaveLength(1)
  })
})
