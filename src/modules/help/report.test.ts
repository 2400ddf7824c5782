import { sql } from 'kysely'
import { describe, expect } from 'vitest'
import { test } from '../../../test/world.ts'
import { askWithPlace, withdrawHelp } from './ask.ts'
import { academyOf } from '../../../test/help.ts'
import { reportFrom } from './report.ts'

describe('The report', () => {
  test('hides small numbers and their money, and the money of all where one is hidden', async () => {
    const row = { refused: 20, waits: 30 }
    const { table, money, allMoney } = reportFrom([
      { kind: 'travel', given: 40, pence: 41_234, ...row },
      { kind: 'childcare', given: 3, pence: 6000, ...row },
    ])
    expect(table.groups.find(({ name }) => name === 'Childcare')!.counts[0]).toMatchObject({ count: null })
    expect(money[1]).toBeNull()
    expect(allMoney).toBeNull()
  })

  test('counts by kind, at one academy and at all, what was asked for in whole months', async (world) => {
    const the = await academyOf(world)
    const { person, place } = await the.placed()
    const { request } = await person.does(askWithPlace, { id: place, kind: 'travel', amount: '15' })
    const counts = async (academy: string | null) =>
      (
        await sql<{ kind: string }>`select * from help_counts('2026-11-01', '2026-12-01', ${academy}::uuid)`.execute(
          world.db,
        )
      ).rows.filter(({ kind }) => kind === 'travel')
    expect(await counts(the.academy)).toEqual([{ kind: 'travel', given: 1, refused: 0, waits: 0, pence: 1500 }])
    expect(await counts(await world.academy())).toEqual([])
    await person.does(withdrawHelp, { id: request })
    expect(await counts(the.academy)).toEqual([])
  })
})
