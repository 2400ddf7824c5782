import { expect, test } from 'vitest'
import { instantAt } from '#core/days'
import { readCalendars } from '../../test/read-calendar.ts'
import { type CalendarEntry, feedOf, invitationOf, objectsIn } from './ical.ts'

const entry = (wanted: Partial<CalendarEntry> = {}): CalendarEntry => ({
  uid: '0199-one',
  sequence: 3,
  changedAt: new Date('2026-11-24T12:00:00Z'),
  startsAt: instantAt('2027-04-01', '19:00'),
  endsAt: instantAt('2027-04-01', '21:00'),
  title: 'Listening on the doorstep: Being heard',
  where: 'Hall, Sutton Community Academy',
  words: 'Session 1 of 4.',
  url: 'https://academy.example.org/runs/1',
  ...wanted,
})

test('a feed is a calendar in London time, whose entries say when they last changed', () => {
  const [calendar] = readCalendars(feedOf('My training', [entry()]))
  expect(calendar).toMatchObject({ name: 'My training', method: undefined })
  expect(calendar!.entries).toEqual([
    {
      uid: '0199-one',
      sequence: 3,
      status: 'CONFIRMED',
      startsAt: instantAt('2027-04-01', '19:00'),
      endsAt: instantAt('2027-04-01', '21:00'),
      title: 'Listening on the doorstep: Being heard',
      where: 'Hall, Sutton Community Academy',
      words: 'Session 1 of 4.',
      stamp: '20261124T120000Z',
      lastModified: '20261124T120000Z',
      organiser: undefined,
      attendee: undefined,
      standing: undefined,
    },
  ])
})

test('a feed with nothing in it is still a calendar', () => {
  expect(readCalendars(feedOf('My training', []))[0]!.entries).toEqual([])
})

test('text comes through as it was, however long, however odd', () => {
  const odd = 'Rōza’s “long”; very, very \\n long title 🏘️👩‍👩‍👧‍👦 '.repeat(9).trim()
  const [calendar] = readCalendars(feedOf('x', [entry({ title: odd, where: odd, words: `${odd}\n\n${odd}` })]))
  expect(calendar!.entries[0]).toMatchObject({ title: odd, where: odd, words: `${odd}\n\n${odd}` })
})

test('no text can end a line and begin another of its own', () => {
  const [calendar] = readCalendars(
    feedOf('x\r\nMETHOD:CANCEL', [entry({ title: 'a\r\nSTATUS:CANCELLED\u0000\u000bb', where: 'x\rATTENDEE:y' })]),
  )
  expect(calendar!.method).toBeUndefined()
  expect(calendar!.entries[0]).toMatchObject({ status: 'CONFIRMED', title: 'a\nSTATUS:CANCELLED  b' })
})

test('each entry of an invitation is an object of its own: requests for those that are on, cancellations for those off', () => {
  const text = invitationOf({
    organiser: { name: 'The "East Midlands",\nacademy; us', email: 'east@example.org' },
    to: { name: 'Zoë "Zed"', email: 'zoe@example.org' },
    at: new Date('2026-12-01T09:30:00Z'),
    entries: [entry({ tentative: true }), entry({ uid: 'two', off: true, sequence: 4 })],
  })
  const [one, two] = readCalendars(text)
  expect(one).toMatchObject({ method: 'REQUEST', entries: [{ uid: '0199-one', status: 'TENTATIVE' }] })
  expect(one!.entries[0]).toMatchObject({ standing: 'NEEDS-ACTION', stamp: '20261201T093000Z' })
  expect(one!.entries[0]!.organiser).toBe('mailto:east@example.org')
  expect(one!.entries[0]!.attendee).toBe('mailto:zoe@example.org')
  expect(two).toMatchObject({ method: 'CANCEL', entries: [{ uid: 'two', status: 'CANCELLED', sequence: 4 }] })
  expect(two!.entries[0]!.title).toBe('Cancelled: Listening on the doorstep: Being heard')
  expect(objectsIn(text).map(({ method }) => method)).toEqual(['REQUEST', 'CANCEL'])
  expect(
    objectsIn(text)
      .map(({ content }) => content)
      .join(''),
  ).toBe(text)
})

test('times are London’s on both sides of a clock change, wherever the machine stands', () => {
  const at = (day: string) => entry({ startsAt: instantAt(day, '19:00'), endsAt: instantAt(day, '21:00') })
  const text = feedOf('x', [at('2027-03-25'), at('2027-04-01')])
  expect(text).toContain('DTSTART;TZID=Europe/London:20270325T190000')
  expect(text).toContain('DTSTART;TZID=Europe/London:20270401T190000')
})
