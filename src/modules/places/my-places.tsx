/** A person's own places, and the pages on which they change one. */
import { dayOf, sayDate, sayWhen } from '#core/days'
import type { Problems } from '#core/refusal'
import {
  Button,
  Empty,
  Form,
  Link,
  LinkButton,
  Notice,
  Page,
  Row,
  RunRow,
  Runs,
  Section,
  Stack,
  Tag,
  TextArea,
} from '#design'
import type { Visit } from '#platform/web'
import { Applications, applicationsOf, type ApplicationSummary } from './applications.tsx'
import { sayUntil } from './letters.ts'
import { type PersonsPlace, placesOf } from './mine.ts'
import { needsOf, type OwnNeed } from './needs.ts'
import { sayAhead } from './offer.ts'
import { Answers } from './standing-panel.tsx'

const crumbs = [
  { href: '/me', label: 'My training' },
  { href: '/me/places', label: 'My places' },
]

export interface MyPlaces {
  places: PersonsPlace[]
  needs: Map<string, OwnNeed>
  applications: ApplicationSummary[]
}

export const loadMyPlaces = async (visit: Visit): Promise<MyPlaces> => {
  const places = await placesOf(visit, visit.actor.id)
  const needs = await needsOf(visit)
  const applications = await applicationsOf(visit, visit.actor.id)
  return { places, needs: new Map(needs.map((need) => [need.place, need])), applications }
}

export const MyPlacesPage = ({ places, needs, applications }: MyPlaces, visit: Visit, problems?: Problems) => {
  const { today, frame } = visit
  const current = (place: PersonsPlace) => place.endsOn >= today && place.runState === 'published'
  const offers = places.filter((place) => place.state === 'offered' && place.offerUntil! > visit.now)
  const coming = places.filter((place) => place.state === 'confirmed' && current(place))
  const waiting = places.filter((place) => place.state === 'waiting' && current(place))
  const shown = new Set([...offers, ...coming, ...waiting])
  const past = places.filter((place) => !shown.has(place))
  return (
    <Page frame={frame} title="My places" current="/me" crumbs={crumbs.slice(0, 1)} problems={problems}>
      <Stack gap="wide">
        <Stack gap="close">
          <h1>My places</h1>
          {places.length === 0 && applications.length === 0 && (
            <Empty title="You have not asked for a place yet">
              <p>Find a course near you or online. You know at once whether you have a place.</p>
              <p>
                <LinkButton href="/courses">Find training</LinkButton>
              </p>
            </Empty>
          )}
        </Stack>
        <Part title="Offered to you" places={offers} needs={needs} visit={visit} />
        <Part title="Coming" places={coming} needs={needs} visit={visit} />
        <Part title="Waiting" places={waiting} needs={needs} visit={visit} />
        <Applications applications={applications} visit={visit} />
        <Part title="Before" places={past} needs={needs} visit={visit} />
        <Row>
          {coming.length > 0 && <Link href="/me/calendar">Add my sessions to my calendar</Link>}
          <Link href="/me/help">Help to take part</Link>
          <Link href="/me/wishes">Courses I want to hear of</Link>
        </Row>
      </Stack>
    </Page>
  )
}

const Part = ({ title, places, needs, visit }: { title: string; visit: Visit } & Pick<MyPlaces, 'places' | 'needs'>) =>
  places.length === 0 ? null : (
    <Section title={title}>
      <Runs>
        {places.map((place) => (
          <RunRow
            day={place.next ? dayOf(place.next.startsAt) : place.startsOn}
            title={place.title}
            href={`/runs/${place.run}`}
            about={<About place={place} need={needs.get(place.id)} visit={visit} />}
            tags={<StateTag place={place} today={visit.today} />}
            beside={<Doors place={place} visit={visit} />}
          />
        ))}
      </Runs>
    </Section>
  )

const About = ({ place, need, visit }: { place: PersonsPlace; need: OwnNeed | undefined; visit: Visit }) => (
  <>
    {place.pattern} · {place.where}
    {place.next && place.state === 'confirmed' && (
      <>
        <br />
        Next: {sayWhen(place.next.startsAt, place.next.endsAt, visit.today)}
      </>
    )}
    {place.state === 'offered' && place.offerUntil && place.offerUntil > visit.now && (
      <>
        <br />
        Kept for you until {sayUntil(place.offerUntil)}
      </>
    )}
    {place.state === 'waiting' && (
      <>
        <br />
        {place.open ? 'A place is free for the first who takes it.' : `${sayAhead(place.ahead)}.`}
      </>
    )}
    {place.endedWhy && (
      <>
        <br />
        Why: {place.endedWhy}
      </>
    )}
    {need && (
      <>
        <br />
        What would help: {need.needs}
        <br />
        {need.arrangedAt ? `Arranged: ${need.note}` : 'Not arranged yet.'}
      </>
    )}
  </>
)

function StateTag({ place, today }: { place: PersonsPlace; today: string }) {
  if (place.runState === 'cancelled') return <Tag tone="stop">The run was cancelled</Tag>
  switch (place.state) {
    case 'confirmed':
      return place.endsOn < today ? <Tag>Ended {sayDate(place.endsOn)}</Tag> : <Tag tone="go">You have a place</Tag>
    case 'offered':
      return <Tag tone="wait">Say yes or no</Tag>
    case 'waiting':
      return <Tag tone="wait">Waiting</Tag>
    case 'declined':
      return <Tag>You said no</Tag>
    case 'lapsed':
      return <Tag>{place.offerUntil ? 'The offer ended' : 'No place came free'}</Tag>
    case 'withdrawn':
      return <Tag>You gave it up</Tag>
    default:
      return <Tag tone="stop">Cancelled</Tag>
  }
}

const Doors = ({ place, visit }: { place: PersonsPlace; visit: Visit }) => {
  const alive = place.endsOn >= visit.today && place.runState === 'published'
  if (!alive) return null
  if (place.state === 'offered') return <Answers place={place.id} title={place.title} visit={visit} />
  if (place.state !== 'confirmed' && place.state !== 'waiting') return null
  return (
    <Stack gap="tight">
      {place.open && (
        <Form action={`/places/${place.id}/acceptance`} csrf={visit.frame.csrf}>
          <Button about={`on ${place.title}`}>Take the place</Button>
        </Form>
      )}
      <Link href={`/places/${place.id}/needs`} about={`in ${place.title}`}>
        What would help me to take part
      </Link>
      <Link href={`/places/${place.id}/help`} about={`with ${place.title}`}>
        Ask for money, childcare or travel
      </Link>
      <Link href={`/places/${place.id}/withdrawal`} about={`, ${place.title}`}>
        {place.state === 'confirmed' ? 'I cannot come' : 'Leave the waiting list'}
      </Link>
    </Stack>
  )
}

/** One place of this person, still of use to them. */
export async function loadMyPlace(visit: Visit, { id }: { id: string }): Promise<PersonsPlace | undefined> {
  const places = await placesOf(visit, visit.actor.id, { place: id })
  return places.find(({ state }) => state === 'confirmed' || state === 'waiting' || state === 'offered')
}

export const WithdrawalPage = (place: PersonsPlace, visit: Visit, problems?: Problems) => {
  const holds = place.state === 'confirmed'
  const title = holds
    ? 'Give up your place'
    : place.state === 'offered'
      ? 'Say no to this place'
      : 'Leave the waiting list'
  return (
    <Page frame={visit.frame} title={title} current="/me" crumbs={crumbs} problems={problems}>
      <Stack>
        <h1>{title}</h1>
        <p class="lede">
          {place.title}, {place.pattern}, {place.where}
        </p>
        <p>
          {holds
            ? 'The place goes to the next person at once, so this cannot be undone. If you change your mind you can ask again, and may have to wait.'
            : 'This cannot be undone. If you change your mind you can ask again, and then wait behind everybody else.'}
        </p>
        <Form action={`/places/${place.id}/withdrawal`} csrf={visit.frame.csrf}>
          <Row>
            <Button kind="grave">{holds ? 'Give up my place' : 'Yes, take me off'}</Button>
            <Link href={`/runs/${place.run}`}>No, keep it</Link>
          </Row>
        </Form>
      </Stack>
    </Page>
  )
}

export interface NeedsShown {
  place: PersonsPlace
  need: OwnNeed | undefined
}

export async function loadNeeds(visit: Visit, params: { id: string }): Promise<NeedsShown | undefined> {
  const place = await loadMyPlace(visit, params)
  return place && { place, need: (await needsOf(visit, place.id))[0] }
}

export const NeedsPage = ({ place, need }: NeedsShown, visit: Visit, problems?: Problems) => (
  <Page frame={visit.frame} title="What would help you to take part" current="/me" crumbs={crumbs} problems={problems}>
    <Stack>
      <h1>What would help you to take part</h1>
      <p class="lede">
        {place.title}, {place.pattern}, {place.where}
      </p>
      {need?.arrangedAt && (
        <Notice tone="go" title="The academy has answered">
          <p>{need.note}</p>
        </Notice>
      )}
      <Form action={`/places/${place.id}/needs`} csrf={visit.frame.csrf}>
        <TextArea
          name="needs"
          label="Access, childcare, travel, an interpreter, or anything else"
          hint="Only you and those at the academy who arrange it see this. It is deleted a month after the run. Leave it empty if you need nothing."
          optional
          maxlength={500}
          value={need?.needs}
          typed={visit.typed}
          problems={problems}
        />
        <Row>
          <Button>Save</Button>
          <Link href={`/runs/${place.run}`}>Back to the run</Link>
        </Row>
      </Form>
    </Stack>
  </Page>
)
