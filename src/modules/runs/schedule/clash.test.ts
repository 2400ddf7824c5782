import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { instantAt } from '#core/days'
import { type Booking, clashesAmong, confirmationOf, sayMinutes, type Wanted } from './clash.ts'
import { type Spot, travelMinutes } from './travel.ts'

const spot = (wanted: Partial<Spot> = {}): Spot => ({
  venueId: 'sutton',
  lat: null,
  lon: null,
  constituency: 'ashfield',
  region: 'east midlands',
  ...wanted,
})
const span = (from: string, to: string, day = '2027-01-21') => ({
  startsAt: instantAt(day, from),
  endsAt: instantAt(day, to),
})
const booking = (wanted: Partial<Booking> = {}): Booking => ({
  ...spot(),
  ...span('18:30', '20:30'),
  sessionId: 'theirs',
  runId: 'campaign',
  title: 'Running a field campaign',
  draft: false,
  mayOpen: true,
  roomId: 'hall',
  where: 'Hall, Sutton Community Academy',
  trainers: [],
  ...wanted,
})
const ruth = { id: 'ruth', name: 'Ruth Osei' }
const wanted = (other: Partial<Wanted> = {}): Wanted => ({
  ...spot(),
  roomId: 'hall',
  roomName: 'Hall',
  venueName: 'Sutton Community Academy',
  trainers: [ruth],
  sessions: [{ number: 2, ...span('19:00', '21:00') }],
  ...other,
})
const elsewhere = (other: Partial<Booking> = {}) =>
  booking({ venueId: 'mansfield', roomId: null, where: 'at Mansfield Miners’ Welfare', trainers: ['ruth'], ...other })

test('a room used by another run at that time is a grave clash, said with what and when', () => {
  const [clash, ...rest] = clashesAmong(wanted({ trainers: [] }), [booking()])
  expect(rest).toEqual([])
  expect(clash).toMatchObject({ grave: true, session: 2, run: { id: 'campaign', title: 'Running a field campaign' } })
  expect(clash!.words).toBe(
    'Hall at Sutton Community Academy is already used by Running a field campaign, 6.30 to 8.30 pm.',
  )
})

test('another room of the venue is free; a venue taken whole is not', () => {
  const none = wanted({ trainers: [] })
  expect(clashesAmong(none, [booking({ roomId: 'library' })])).toEqual([])
  expect(clashesAmong(none, [booking({ roomId: null })])).toHaveLength(1)
  expect(clashesAmong({ ...none, roomId: null }, [booking({ roomId: 'library' })])).toHaveLength(1)
})

test('a session that ends as another begins does not clash with it', () => {
  expect(
    clashesAmong(wanted({ trainers: [] }), [booking(span('17:00', '19:00')), booking(span('21:00', '22:00'))]),
  ).toEqual([])
})

test('a trainer in two rooms at once is a grave clash, also where one of them is online', () => {
  const [clash] = clashesAmong(wanted(), [elsewhere({ title: 'Phone banks that last', draft: true })])
  expect(clash).toMatchObject({ grave: true })
  expect(clash!.words).toBe(
    'Ruth Osei already leads Phone banks that last (a draft) then, at Mansfield Miners’ Welfare, 6.30 to 8.30 pm.',
  )
  expect(clashesAmong(wanted(), [elsewhere({ venueId: null, where: 'online' })])[0]!.grave).toBe(true)
})

test('too little time to travel is said with how long it takes and how long there is', () => {
  const [before] = clashesAmong(wanted(), [elsewhere(span('16:00', '18:40'))])
  expect(before).toMatchObject({ grave: false })
  expect(before!.words).toBe(
    'Ruth Osei leads Running a field campaign until 6.40 pm, at Mansfield Miners’ Welfare. Getting here takes about 30 minutes, and the gap is 20 minutes.',
  )
  const [after] = clashesAmong(wanted(), [
    elsewhere({ ...span('22:00', '23:00'), constituency: 'derby', region: 'west' }),
  ])
  expect(after!.words).toContain(
    'from 10 pm, at Mansfield Miners’ Welfare. Getting there takes about 2 hours, and the gap is 1 hour.',
  )
})

test('enough time to travel is no clash, and neither is another trainer’s session', () => {
  expect(clashesAmong(wanted(), [elsewhere(span('16:00', '18:30'))])).toEqual([])
  expect(clashesAmong(wanted(), [elsewhere({ trainers: ['callum'] })])).toEqual([])
})

test('of a draft at another academy nothing is said but that it is there', () => {
  const [clash] = clashesAmong(wanted(), [elsewhere({ mayOpen: false, draft: true })])
  expect(clash!.run).toBeUndefined()
  expect(clash!.words).not.toContain('campaign')
})

test('a tick confirms the grave clashes that were shown and no others', () => {
  const first = clashesAmong(wanted(), [booking()])
  const both = clashesAmong(wanted(), [booking(), elsewhere()])
  expect(confirmationOf(first)).not.toBe('')
  expect(confirmationOf(both)).not.toBe(confirmationOf(first))
  expect(confirmationOf(both.toReversed())).toBe(confirmationOf(both))
  expect(confirmationOf(clashesAmong(wanted(), [elsewhere(span('16:00', '18:40'))]))).toBe('')
})

test('travel is by distance where both positions are known, and by area where they are not', () => {
  const nottingham = spot({ venueId: 'a', lat: 52.954, lon: -1.158 })
  const derby = spot({ venueId: 'b', lat: 52.922, lon: -1.477, constituency: 'derby' })
  expect(travelMinutes(nottingham, derby)).toBe(42) // 13.5 miles
  expect(travelMinutes(nottingham, { ...derby, lat: null })).toBe(60)
  expect(travelMinutes(spot(), spot())).toBe(0)
  expect(travelMinutes(spot(), spot({ venueId: 'next door' }))).toBe(30)
  expect(travelMinutes(spot(), spot({ venueId: 'c', constituency: 'derby' }))).toBe(60)
  expect(travelMinutes(spot(), spot({ venueId: 'c', constituency: 'leeds', region: 'yorkshire' }))).toBe(120)
  expect(travelMinutes(spot(), spot({ venueId: 'c', constituency: null, region: null }))).toBe(120)
  expect(travelMinutes(spot({ venueId: null }), spot())).toBe(15)
  expect(travelMinutes(spot({ venueId: null }), spot({ venueId: null }))).toBe(0)
})

test('travel takes as long there as back, and two sessions clash for whichever is planned second', () => {
  const spots = fc.record({
    venueId: fc.constantFrom(null, 'a', 'b', 'c'),
    lat: fc.option(fc.double({ min: 50, max: 58, noNaN: true })),
    lon: fc.option(fc.double({ min: -5, max: 1, noNaN: true })),
    constituency: fc.option(fc.constantFrom('x', 'y')),
    region: fc.option(fc.constantFrom('p', 'q')),
  })
  const times = fc.tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 15, max: 240 }))
  const at = ([from, long]: [number, number]) => {
    const startsAt = new Date(Date.UTC(2027, 0, 14, 9) + from * 60_000)
    return { startsAt, endsAt: new Date(+startsAt + long * 60_000) }
  }
  fc.assert(
    fc.property(spots, spots, times, times, (one, other, first, second) => {
      expect(travelMinutes(one, other)).toBe(travelMinutes(other, one))
      const graveness = (here: Spot, our: [number, number], there: Spot, their: [number, number]) =>
        clashesAmong(wanted({ ...here, roomId: null, sessions: [{ number: 1, ...at(our) }] }), [
          booking({ ...there, roomId: null, ...at(their), trainers: ['ruth'] }),
        ]).map(({ grave }) => grave)
      expect(graveness(one, first, other, second)).toEqual(graveness(other, second, one, first))
    }),
  )
})

test('lengths of time are said as people say them', () => {
  expect([1, 45, 60, 80, 120, 121].map(sayMinutes)).toEqual([
    '1 minute',
    '45 minutes',
    '1 hour',
    '1 hour 20 minutes',
    '2 hours',
    '2 hours 1 minute',
  ])
})
