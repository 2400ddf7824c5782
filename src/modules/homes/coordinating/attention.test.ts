import { expect, test } from 'vitest'
import { attentionOf, type RunFacts } from './attention.ts'
import { sayDates, shortName } from './say.ts'

const today = '2026-11-24'
const fine: RunFacts = {
  state: 'published',
  startsOn: '2027-01-14',
  capacity: 20,
  taken: 10,
  waiting: 0,
  trainers: 1,
  another: false,
  needs: 0,
  registers: 0,
}

test.each<[string, Partial<RunFacts>, string[]]>([
  ['a run in good order needs nobody', {}, []],
  ['a run without a trainer', { trainers: 0 }, ['No trainer']],
  ['a full run with people waiting and no other run', { taken: 20, waiting: 9 }, ['9 waiting, no next run']],
  [
    'a full run with people waiting needs nobody where another has places',
    { taken: 20, waiting: 9, another: true },
    [],
  ],
  ['a full run nobody waits for', { taken: 20 }, []],
  ['a draft four weeks before', { state: 'draft', startsOn: '2026-12-22' }, ['Not published']],
  ['a draft with more time needs nobody', { state: 'draft', startsOn: '2026-12-23' }, []],
  [
    'a run two weeks away with less than a quarter taken',
    { startsOn: '2026-12-08', taken: 4 },
    ['4 of 20 taken, begins in 14 days'],
  ],
  ['with a quarter taken it needs nobody', { startsOn: '2026-12-08', taken: 5 }, []],
  ['one that begins tomorrow', { startsOn: '2026-11-25', taken: 0 }, ['0 of 20 taken, begins tomorrow']],
  ['needs that nobody has arranged', { needs: 2 }, ['2 needs to arrange']],
  [
    'registers, also after the run',
    { startsOn: '2026-11-01', registers: 1, trainers: 0, taken: 0 },
    ['A register to finish'],
  ],
])('%s', (_, facts, said) => {
  expect(attentionOf({ ...fine, ...facts }, today)).toEqual(said)
})

test('dates and names are short in dense tables', () => {
  const said = (text: string) => text.replaceAll('\u00a0', ' ')
  expect(said(sayDates('2026-11-26', '2026-11-26', today))).toBe('26 Nov')
  expect(said(sayDates('2026-12-31', '2027-01-14', today))).toBe('31 Dec – 14 Jan')
  expect(said(sayDates('2027-10-01', '2027-10-22', today))).toBe('1 Oct – 22 Oct 2027')
  expect(said(shortName('Ruth Osei'))).toBe('R. Osei')
  expect(said(shortName('Ruth Ama van der Berg'))).toBe('R. Berg')
  expect(shortName('Ruth')).toBe('Ruth')
})
