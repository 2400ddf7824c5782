/** Where a member is on the way from asking to teaching: as far as this version goes. Rules only. */
import { type Day, sayDate, sayDay } from '#core/days'
import type { Step } from '#design'

export type Stage = Step

interface PathPlace {
  state: string
  title: string
  run: string
  course: string
  startsOn: Day
  endsOn: Day
  came: boolean
}

/** The stages: asking, coming to a first course, a pledge, what came of it, the next course. The first not done is where they are. */
export function pathOf(the: {
  places: readonly PathPlace[]
  pledges: readonly { state: string; madeOn: Day; reviewOn: Day; reviewedOn: Day | null }[]
  next: { slug: string; title: string } | null
  today: Day
}): Stage[] {
  const { pledges, next, today } = the
  const places = the.places.toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : 1))
  const came = places.filter((place) => place.came)
  const first = came[0]
  const live = places.filter(({ state }) => state === 'confirmed' || state === 'waiting' || state === 'offered')
  const held = live.find(({ state, endsOn }) => state === 'confirmed' && endsOn >= today)
  const written = pledges
    .filter(({ state }) => state !== 'withdrawn')
    .toSorted((a, b) => (a.madeOn < b.madeOn ? -1 : 1))
  const reviewed = written.find(({ reviewedOn }) => reviewedOn !== null)
  const courses = new Set(came.map(({ course }) => course))
  const second = came.find(({ course }) => course !== first?.course)
  const stages: (Omit<Stage, 'state'> & { done: boolean })[] = [
    {
      label: 'Ask for a place',
      done: live.length > 0 || came.length > 0,
      href: live.length + came.length > 0 ? undefined : '/courses',
      detail: live.length + came.length > 0 ? undefined : 'near you or online',
    },
    {
      label: first?.title ?? held?.title ?? 'Your first course',
      done: first !== undefined && first.endsOn < today,
      href: (first ?? held) ? `/runs/${(first ?? held)!.run}` : undefined,
      detail: first
        ? first.endsOn < today
          ? `Finished on ${sayDate(first.endsOn)}`
          : `Until ${sayDay(first.endsOn)}`
        : held
          ? `Begins on ${sayDay(held.startsOn)}`
          : undefined,
    },
    {
      label: 'Your pledge',
      done: written.length > 0,
      detail: written[0]
        ? `Written on ${sayDate(written[0].madeOn)}`
        : 'what you will change where you live, and by when',
      href: '/me/pledges',
    },
    {
      label: 'What came of it',
      done: reviewed !== undefined,
      detail: reviewed
        ? `Reviewed on ${sayDate(reviewed.reviewedOn!)}`
        : written[0]
          ? `Review on ${sayDate(written[0].reviewOn)}`
          : 'looked at together on the day you choose',
    },
    {
      label: second?.title ?? next?.title ?? 'Your next course',
      done: second !== undefined && second.endsOn < today && courses.size > 1,
      href: second ? `/runs/${second.run}` : next ? `/courses/${next.slug}` : undefined,
      detail: second
        ? second.endsOn < today
          ? `Finished on ${sayDate(second.endsOn)}`
          : `Until ${sayDay(second.endsOn)}`
        : next
          ? 'builds on what you learnt'
          : undefined,
    },
  ]
  const now = stages.findIndex(({ done }) => !done)
  return stages.map(({ done, ...stage }, index) => ({
    ...stage,
    state: done ? 'done' : index === now ? 'now' : 'later',
  }))
}
