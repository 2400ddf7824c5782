import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, test as plainly } from 'vitest'
import { sql } from 'kysely'
import { test } from '../../../../test/world.ts'
import { loadBuiltInAreas } from '../../areas/index.ts'
import { ratherNot } from './question.ts'
import { knownQuestions, setFor, setsNow } from './queries.ts'
import { readQuestionFolder, readQuestions } from './read.ts'
import { importQuestions, syncQuestions } from './sync.ts'

const folder = 'content/equality'
const today = '2026-11-24'
const england = 'E92000001'
const scotland = 'S92000003'

const fileWith = (text: string): string => {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'questions-')), 'own.yaml')
  writeFileSync(file, text)
  return file
}
const own = (ask: string): string => `source: ours
questions:
  - { key: sex, name: Sex, ask: ${ask}, answers: [{ key: female, says: Female }, { key: male, says: Male }, { key: ${ratherNot}, says: Prefer not to say }] }
`

describe('the questions that come with Hearten', () => {
  plainly('are asked in four nations, each optional and each ending with “Prefer not to say”', async () => {
    const sets = await readQuestionFolder(folder)
    expect(sets.map(({ nation }) => nation).sort()).toEqual([england, 'N92000002', scotland, 'W92000004'])
    for (const { questions } of sets)
      for (const { answers } of questions) expect(answers.at(-1)).toMatchObject({ says: 'Prefer not to say' })
  })

  plainly('have the same keys in every nation, so that a measure works everywhere', async () => {
    const [first, ...rest] = await readQuestionFolder(folder)
    for (const { questions } of rest) {
      expect(questions.map(({ key }) => key)).toEqual(first!.questions.map(({ key }) => key))
      for (const question of questions) {
        const broad = (one: typeof question) => new Set(one.answers.map((answer) => answer.in ?? answer.key))
        const same = first!.questions.find(({ key }) => key === question.key)!
        // a nation may leave a broad answer out, and has none of its own
        expect([...broad(question)].filter((key) => !broad(same).has(key))).toEqual([])
      }
    }
  })

  plainly('put every answer of every nation in one broader one, however it is worded', async () => {
    const files = await readQuestionFolder(folder)
    const sets = files.map((file, n) => ({ ...file, id: String(n), nationName: file.nation, version: 1 }))
    for (const { broad, narrow } of knownQuestions(sets)) {
      expect(broad.at(-1)!.key).toBe(ratherNot)
      for (const one of narrow) expect(broad.map(({ key }) => key)).toContain(one.in)
      for (const { key, says } of broad) expect(says).not.toBe(key)
    }
  })
})

describe('loading them', () => {
  test('happens once: the same files again change nothing', async ({ db }) => {
    await loadBuiltInAreas(db)
    expect((await syncQuestions(db, folder, today)).changed).toHaveLength(4)
    expect(await syncQuestions(db, folder, today)).toMatchObject({ changed: [], unchanged: { length: 4 } })
    expect((await setsNow(db)).map(({ nationName, version }) => [nationName, version])).toEqual([
      ['England', 1],
      ['Northern Ireland', 1],
      ['Scotland', 1],
      ['Wales', 1],
    ])
  })

  test('new wording is a new version; the one that was answered is never edited, not even by the server', async ({
    db,
  }) => {
    await loadBuiltInAreas(db)
    await syncQuestions(db, folder, today)
    const read = await importQuestions(db, { file: fileWith(own('Which sex?')), nation: 'scotland', today })
    expect(read).toEqual({ nation: 'Scotland', version: 2, isNew: true, questions: 1 })
    const again = await importQuestions(db, { file: fileWith(own('Which sex?')), nation: scotland, today })
    expect(again).toMatchObject({ version: 2, isNew: false })
    expect(await importQuestions(db, { file: fileWith(own('And now?')), nation: 'Scotland', today })).toMatchObject({
      version: 3,
    })
    // an operator's own questions are not overwritten when Hearten starts again
    expect(await syncQuestions(db, folder, today)).toMatchObject({ changed: [], leftAlone: [scotland] })
    await sql`savepoint before`.execute(db)
    await sql`set local role hearten_app`.execute(db)
    await expect(sql`update equality_set set source = 'x'`.execute(db)).rejects.toThrow('permission denied')
    await sql`rollback to savepoint before`.execute(db)
  })

  test('a file that cannot be used says what is wrong with it, and where', async ({ db }) => {
    await loadBuiltInAreas(db)
    const refused = (text: string, nation = 'England') =>
      importQuestions(db, { file: fileWith(text), nation, today }).catch((error: Error) => error.message)
    expect(await refused('a: [')).toContain('neither YAML nor JSON')
    expect(await refused('source: x')).toContain('questions:')
    expect(
      await refused(own('x').replace(`{ key: ${ratherNot}, says: Prefer not to say }`, '{ key: x, says: X }')),
    ).toContain('questions.0.answers: the last answer has to be “prefer-not-to-say”')
    expect(await refused(own('x').replace('key: male', 'key: female'))).toContain('an answer is there twice')
    expect(await refused(own('x').replace('key: sex', 'key: "Sex!"'))).toContain('a key is made of small letters')
    expect(await refused(own('x'), 'Atlantis')).toContain('There is no nation “Atlantis”')
    expect(await refused(`nation: ${scotland}\n${own('x')}`)).toContain('The file is for')
    expect(await refused('a: &a [1,1]\nb: &b [*a,*a]\nsource: [*b,*b]')).toContain('cannot be used')
    expect(
      await importQuestions(db, { file: '/no/such', nation: 'England', today }).catch((error: Error) => error.message),
    ).toBe('There is no file /no/such.')
    expect(() => readQuestions('{"source":"x","questions":[],"__proto__":{"a":1}}', 'x')).toThrow('cannot be used')
  })

  test('questions as they are collected from the standards can be read in, with the keys that are known', async ({
    db,
  }) => {
    const shared = path.resolve('../shared/data/uk/equality-questions.json')
    if (!existsSync(shared)) return console.warn(`Not tried: there is no ${shared}`)
    await loadBuiltInAreas(db)
    await syncQuestions(db, folder, today)
    const before = knownQuestions(await setsNow(db))
    for (const nation of ['England', 'Wales', 'Scotland', 'Northern Ireland']) {
      const read = await importQuestions(db, { file: shared, nation, today })
      expect(read).toMatchObject({ nation, isNew: true, version: 2 })
      expect(read.questions).toBeGreaterThanOrEqual(10)
    }
    const after = knownQuestions(await setsNow(db))
    for (const key of [
      'sex',
      'gender-identity',
      'disability',
      'disability-effect',
      'ethnic-group',
      'sexual-orientation',
    ]) {
      const keys = (known: typeof after) => known.find((one) => one.key === key)!.broad.map((answer) => answer.key)
      expect(keys(after).filter((one) => keys(before).includes(one)).length, key).toBeGreaterThanOrEqual(
        key === 'sexual-orientation' ? 3 : keys(before).length,
      )
    }
    const ethnic = after.find(({ key }) => key === 'ethnic-group')!
    expect(ethnic.broad.map(({ key }) => key).sort()).toEqual(
      ['asian', 'black', 'mixed', 'other', ratherNot, 'white'].sort(),
    )
    expect(ethnic.narrow.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['pakistani', 'caribbean', 'roma', 'other-white']),
    )
  })
})

test('someone is asked the questions of the nation they live in, or of one they choose', async ({ db }) => {
  await loadBuiltInAreas(db)
  await syncQuestions(db, folder, today)
  const sets = await setsNow(db)
  expect(setFor(sets, { areaPath: `${scotland}.S14000001` })?.nationName).toBe('Scotland')
  expect(setFor(sets, { areaPath: `${scotland}.S14000001`, chosen: 'W92000004' })?.nationName).toBe('Wales')
  expect(setFor(sets, { areaPath: null, chosen: 'nowhere' })?.nationName).toBe('England')
  expect(setFor([], { areaPath: null })).toBeUndefined()
})
