import { describe, expect, test } from 'vitest'
import { memberIn, type RollColumn, rollColumns } from './member.ts'

const today = '2026-11-24'
const row = (said: Partial<Record<RollColumn, string>>) =>
  memberIn((column) => ({ number: 'M1', name: 'Amina Farooq', ...said })[column] ?? '', today)

describe('a row of the roll', () => {
  test('becomes a member', () => {
    expect(
      row({
        number: ' M 12 ',
        name: ' Zoë  O’Brien ',
        email: ' Zoe@Example.ORG ',
        postcode: 'ng17 1aa',
        joined: '31/01/2024',
        status: 'Active',
      }),
    ).toMatchObject({
      number: 'M 12',
      name: 'Zoë O’Brien',
      email: 'zoe@example.org',
      postcode: 'NG171AA',
      letters: 'NG',
      joinedOn: '2024-01-31',
      standing: 'member',
    })
  })

  test('may give the name in two parts, and leave out all but number and name', () => {
    expect(row({ name: '', firstName: 'Amina', lastName: 'Farooq' })).toMatchObject({
      name: 'Amina Farooq',
      email: null,
      joinedOn: null,
    })
  })

  test.each(['Lapsed', 'resigned', 'DECEASED'])('with the status %s is closed', (status) =>
    expect(row({ status })).toMatchObject({ standing: 'closed' }),
  )

  test('with a postcode that cannot be read is used all the same, without it', () => {
    expect(row({ postcode: 'D04 X4C0' })).toMatchObject({ postcode: null, letters: null, home: 'D04 X4C0|' })
  })

  test.each<[Partial<Record<RollColumn, string>>, string]>([
    [{ number: '' }, 'There is no membership number'],
    [{ number: 'M1; drop table person' }, 'The membership number must be'],
    [{ number: 'erased:00' }, 'The membership number must be'],
    [{ number: 'x'.repeat(41) }, 'The membership number must be'],
    [{ name: '' }, 'There is no name'],
    [{ name: '12345' }, 'no letters'],
    [{ name: 'a'.repeat(201) }, 'longer than 200'],
    [{ email: 'not an address' }, 'The email address is not one'],
    [{ email: 'a..b@example.org' }, 'The email address is not one'],
    [{ email: `${'a'.repeat(250)}@example.org` }, 'The email address is not one'],
    [{ joined: '2026-11-25' }, 'in the future'],
    [{ joined: '31/02/2024' }, 'not a date'],
    [{ joined: '0001-01-01' }, 'too long ago'],
    [{ status: 'wizard' }, 'The status is not one'],
  ])('%j is refused, with the reason', (said, reason) => {
    expect(row(said)).toMatchObject({ reason: expect.stringContaining(reason) as string })
  })

  test('that is refused still names who is on the roll', () =>
    expect(row({ email: 'x' })).toMatchObject({ number: 'M1' }))

  test('never keeps control characters', () => {
    expect(row({ name: 'Amina\u0000\nFarooq\u200B' })).toMatchObject({ name: 'Amina Farooq' })
  })

  test('no two columns share a name', () => {
    const all = Object.values(rollColumns).flat()
    expect(new Set(all).size).toBe(all.length)
  })
})
