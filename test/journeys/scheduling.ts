/** A coordinator at work, as several journeys need it: a run scheduled in the browser, and one cancelled. */
import { expect } from 'vitest'
import type { Person } from './browser.ts'

export interface Wanted {
  course: string
  /** The first day, as a date field holds it. */
  day: string
  time: string
  capacity: number
  /** Held once and for so long, instead of as the course has it. */
  lasts?: string
  trainer?: string
  /** Kept as a draft first, and published from its own page. */
  draftFirst?: boolean
  /** Its places are given in a round, instead of to whoever asks first. */
  byRound?: boolean
}

/** Schedules a run online from the coordinator's home, through its check page, and publishes it. Answers its address. */
export async function schedules(coordinator: Person, wanted: Wanted): Promise<string> {
  const { page } = coordinator
  await coordinator.visits('/coordinating')
  await coordinator.clicks('Schedule a run')
  await page.getByLabel('Course', { exact: true }).selectOption({ label: wanted.course })
  await page.getByLabel('Venue and room, or online').selectOption({ label: 'Online' })
  await page.getByLabel(/^Link for joining/).fill('https://meet.example.org/journey')
  await page.getByLabel('First session on').fill(wanted.day)
  await page.getByLabel('Begins at').fill(wanted.time)
  if (wanted.lasts) {
    await page.getByLabel('How often').selectOption({ label: 'Once' })
    await page.getByLabel('Each lasts').selectOption({ label: wanted.lasts })
  }
  if (wanted.trainer) await page.getByLabel(wanted.trainer, { exact: true }).check()
  await page.getByLabel(/^Places/).fill(String(wanted.capacity))
  if (wanted.byRound) await page.getByLabel('By round').check()
  await coordinator.presses('Check it')
  expect(await coordinator.reads()).toContain('Check this run')
  expect(await coordinator.reads()).toContain(
    `${wanted.capacity}, ${wanted.byRound ? 'given by round' : 'first come, first served'}`,
  )
  await bookAllTheSame(coordinator)
  if (wanted.draftFirst) {
    await coordinator.presses('Keep it as a draft')
    const address = /\/runs\/[\da-f-]{36}/.exec(page.url())![0]
    await coordinator.visits(`${address}/publication`)
    await bookAllTheSame(coordinator)
    await coordinator.presses('Publish it')
  } else await coordinator.presses('Publish it now')
  const address = /\/runs\/[\da-f-]{36}/.exec(page.url())![0]
  await coordinator.visits(address)
  expect(await coordinator.reads()).toContain(wanted.course)
  return address
}

/** Ticks that a trainer is booked twice, where the page asks for it. */
async function bookAllTheSame({ page }: Person): Promise<void> {
  const tick = page.getByLabel(/^I know of what is booked twice/)
  if ((await tick.count()) > 0) await tick.check()
}

/** Cancels a run and says why; without a reason it is refused first. */
export async function cancels(coordinator: Person, run: string): Promise<void> {
  const { page } = coordinator
  await coordinator.visits(`${run}/cancellation`)
  await coordinator.presses('Cancel it and tell them')
  expect(await coordinator.reads()).toContain('Say why it is cancelled')
  await page.getByLabel(/^Why is it cancelled/).fill('The journey is over')
  await coordinator.presses('Cancel it and tell them')
  await coordinator.visits(run)
  expect(await coordinator.reads()).toContain('This run has been cancelled')
}

/** A day by London's calendar, so many days from today, as a date field holds it. */
export function dayFromToday(days: number): string {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date())
  const day = new Date(`${today}T12:00:00Z`)
  day.setUTCDate(day.getUTCDate() + days)
  return day.toISOString().slice(0, 10)
}
