import { expect, test } from 'vitest'
import { pathOf } from './path.ts'

const today = '2026-11-24'
const place = (course: string, startsOn: string, endsOn: string, came: boolean, state = 'confirmed') => ({
  state,
  title: course,
  run: `run-${course}`,
  course,
  startsOn,
  endsOn,
  came,
})
const pledge = { state: 'open', madeOn: '2026-10-01', reviewOn: '2026-12-14', reviewedOn: null }
const states = (the: Partial<Parameters<typeof pathOf>[0]>) =>
  pathOf({ places: [], pledges: [], next: null, today, ...the }).map(({ state }) => state)

test('someone new is at asking for a place, with the way to it', () => {
  const path = pathOf({ places: [], pledges: [], next: null, today })
  expect(path[0]).toMatchObject({ state: 'now', href: '/courses' })
  expect(path.slice(1).every(({ state }) => state === 'later')).toBe(true)
})

test('whoever waits has asked; whoever gave it up has not', () => {
  expect(states({ places: [place('a', '2027-01-14', '2027-02-04', false, 'waiting')] })[0]).toBe('done')
  expect(states({ places: [place('a', '2027-01-14', '2027-02-04', false, 'withdrawn')] })[0]).toBe('now')
})

test('a first course says when it begins, until when it lasts, and when it was finished', () => {
  const detail = (startsOn: string, endsOn: string, came: boolean) =>
    pathOf({ places: [place('a', startsOn, endsOn, came)], pledges: [], next: null, today })[1]
  expect(detail('2027-01-14', '2027-02-04', false)).toMatchObject({
    state: 'now',
    detail: 'Begins on Thursday 14 January',
  })
  expect(detail('2026-11-19', '2026-12-10', true)).toMatchObject({ state: 'now', detail: 'Until Thursday 10 December' })
  expect(detail('2026-09-01', '2026-09-22', true)).toMatchObject({
    state: 'done',
    detail: 'Finished on 22 September 2026',
  })
})

test('a pledge can be written before the course is over, and looked at later', () => {
  expect(states({ places: [place('a', '2026-11-19', '2026-12-10', true)], pledges: [pledge] })).toEqual([
    'done',
    'now',
    'done',
    'later',
    'later',
  ])
  const reviewed = { ...pledge, state: 'kept', reviewedOn: '2026-11-20' }
  expect(states({ places: [place('a', '2026-09-01', '2026-09-22', true)], pledges: [reviewed] })).toEqual([
    'done',
    'done',
    'done',
    'done',
    'now',
  ])
  expect(states({ pledges: [{ ...pledge, state: 'withdrawn' }] })[2]).toBe('later')
})

test('the next course is the one they hold a place on, or else one that builds on the first', () => {
  const places = [place('a', '2026-09-01', '2026-09-22', true), place('b', '2027-01-14', '2027-02-04', false)]
  const next = { slug: 'c', title: 'C' }
  expect(pathOf({ places, pledges: [], next, today }).at(-1)).toMatchObject({
    label: 'b',
    href: '/runs/run-b',
    detail: 'Begins on Thursday 14 January',
  })
  expect(pathOf({ places: places.slice(0, 1), pledges: [], next, today }).at(-1)).toMatchObject({
    label: 'C',
    href: '/courses/c',
  })
  expect(pathOf({ places: places.slice(1), pledges: [], next: null, today }).at(-1)).toMatchObject({
    label: 'Your next course',
    state: 'later',
  })
})
