import { dayOf, sayDate, sayTime, sayDay, sayWhenShort } from '#core/days'
import { Empty, Page, Row, RunRow, Runs, Section, Sides, Stack, Steps, Tag } from '#design'
import type { Visit } from '#platform/web'
import { type PersonsPlace, sayAhead } from '../../places/index.ts'
import { RoundsForMe } from '../../rounds/index.ts'
import { RunsSoon } from '../front/page.tsx'
import { greetingFor } from '../greeting.ts'
import type { Me, MyPledge } from './me.ts'
import { StepCard } from './step.tsx'

/** A member's home: one next step, then what is coming, then the path. */
export const MePage = (me: Me, { frame, actor, now }: Visit) => (
  <Page frame={frame} title="My training" current="/me">
    <Sides>
      <Stack gap="wide">
        <Stack>
          <h1>{greetingFor(actor.name, now)}</h1>
          <StepCard step={me.step} csrf={frame.csrf} home={me.home} />
        </Stack>
        <RoundsForMe rounds={me.rounds} />
        <Section title="Coming up">
          <Coming places={me.coming} />
          <Row>
            <a href="/me/places">All my places</a>
            <a href="/me/calendar">Add to my calendar</a>
            <a href="/me/help">Help to take part</a>
            <a href="/me/wishes">Courses I want to hear of</a>
          </Row>
        </Section>
        {me.near.length > 0 && (
          <Section title={me.home ? `Starting soon near ${me.home}` : 'Starting soon'}>
            <RunsSoon runs={me.near} />
          </Section>
        )}
        {me.pledge && <Pledge pledge={me.pledge} more={me.morePledges} />}
      </Stack>
      <Stack gap="wide">
        <Section title="My path">
          <Steps steps={me.path} />
        </Section>
        <Section title="About me" gap="close">
          <Row>
            <a href="/account">My account</a>
            <a href="/me/equality">My equality answers</a>
            <a href="/me/data">What is held about me</a>
          </Row>
        </Section>
      </Stack>
    </Sides>
  </Page>
)

const Coming = ({ places }: { places: readonly PersonsPlace[] }) =>
  places.length === 0 ? (
    <Empty title="Nothing yet">
      <p>A place that you ask for stands here, with when and where.</p>
    </Empty>
  ) : (
    <Runs>
      {places.map((place) => (
        <RunRow
          day={place.next ? dayOf(place.next.startsAt) : place.startsOn}
          title={place.title}
          href={`/runs/${place.run}`}
          about={[place.pattern, place.where].join(' · ')}
          beside={<Standing place={place} />}
        />
      ))}
    </Runs>
  )

const Standing = ({ place }: { place: PersonsPlace }) => {
  if (place.state === 'waiting')
    return (
      <>
        <Tag tone="wait">Waiting</Tag>
        <small>{place.open ? 'A seat is free now' : sayAhead(place.ahead)}</small>
      </>
    )
  if (place.state === 'offered')
    return (
      <>
        <Tag tone="wait">Offered to you</Tag>
        <small>
          Answer by {sayTime(place.offerUntil!)}, {sayDay(dayOf(place.offerUntil!))}
        </small>
      </>
    )
  return (
    <>
      <Tag tone="go">You have a place</Tag>
      {place.next && (
        <small>{`${place.next.number > 1 ? 'Next' : 'First'}: ${sayWhenShort(place.next.startsAt, place.next.endsAt)}`}</small>
      )}
    </>
  )
}

const Pledge = ({ pledge, more }: { pledge: MyPledge; more: number }) => (
  <Section title="My pledge" gap="close">
    <p>“{pledge.commitment}”</p>
    <Row>
      <span class="quiet">{saysOf(pledge)}</span>
      <a href={`/pledges/${pledge.id}`}>{pledge.state === 'open' ? 'Change it' : 'Read it'}</a>
      {more > 0 && <a href="/me/pledges">{more === 1 ? 'One more pledge' : `${more} more pledges`}</a>}
    </Row>
  </Section>
)

function saysOf({ state, reviewOn, reviewedOn }: MyPledge): string {
  if (state === 'open') return `To be looked at on ${sayDate(reviewOn)}`
  if (state === 'withdrawn') return 'Withdrawn'
  const said = `${state.charAt(0).toUpperCase()}${state.slice(1)}`
  return reviewedOn ? `${said}, looked at on ${sayDate(reviewedOn)}` : said
}
