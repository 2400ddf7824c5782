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

interface PathPledge {
  state: string
  madeOn: Day
  reviewOn: Day
  reviewedOn: Day | null
}

interface Known {
  places: readonly PathPlace[]
  pledges: readonly PathPledge[]
  /** A course that builds on what they took. */
  next: { slug: string; title: string } | null
  today: Day
}

/** The stages: asking, coming to a first course, a pledge, what came of it, the next course. The first not done is where they are. */
export function pathOf({ places, pledges, next, today }: Known): Stage[] {
  const inOrder = places.toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : 1))
  const came = inOrder.filter((place) => place.came)
  const held = inOrder.filter(({ state, endsOn }) => state === 'confirmed' && endsOn >= today)
  const asked = inOrder.some(({ state }) => state === 'offered' || state === 'waiting') || held.length + came.length > 0
  const first = came[0] ?? held[0]
  const second = [...came, ...held].find(({ course }) => came.length > 0 && course !== first?.course)
  const stages: (Omit<Stage, 'state'> & { done: boolean })[] = [
    { label: 'Ask for a place', done: asked, ...(asked ? {} : { href: '/courses', detail: 'near you or online' }) },
    { label: 'Your first course', done: false, ...(first ? courseStage(first, today) : {}) },
    ...pledgeStages(pledges),
    {
      label: 'Your next course',
      done: false,
      ...(next ? { label: next.title, href: `/courses/${next.slug}`, detail: 'builds on what you learnt' } : {}),
      ...(second ? courseStage(second, today) : {}),
    },
  ]
  const now = stages.findIndex(({ done }) => !done)
  return stages.map(({ done, ...stage }, at) => ({ ...stage, state: done ? 'done' : at === now ? 'now' : 'later' }))
}

/** A course on the path: done once they came and it is over. */
function courseStage({ title, run, startsOn, endsOn, came }: PathPlace, today: Day) {
  const over = endsOn < today
  const begun = startsOn <= today
  const detail = over
    ? `Finished on ${sayDate(endsOn)}`
    : begun
      ? `Until ${sayDay(endsOn)}`
      : `Begins on ${sayDay(startsOn)}`
  return { label: title, href: `/runs/${run}`, detail, done: came && over }
}

function pledgeStages(pledges: readonly PathPledge[]) {
  const written = pledges
    .filter(({ state }) => state !== 'withdrawn')
    .toSorted((a, b) => (a.madeOn < b.madeOn ? -1 : 1))
  const [first] = written
  const reviewed = written.find(({ reviewedOn }) => reviewedOn !== null)
  return [
    {
      label: 'Your pledge',
      done: first !== undefined,
      detail: first ? `Written on ${sayDate(first.madeOn)}` : 'what you will change where you live, and by when',
      href: '/me/pledges',
    },
    {
      label: 'What came of it',
      done: reviewed !== undefined,
      detail: reviewed
        ? `Looked at on ${sayDate(reviewed.reviewedOn!)}`
        : first
          ? `To be looked at on ${sayDate(first.reviewOn)}`
          : 'looked at together on the day you choose',
    },
  ]
}
