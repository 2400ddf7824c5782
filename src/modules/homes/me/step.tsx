import { dayOf, sayDate, sayDay, sayTime, sayTimes, sayWhen } from '#core/days'
import { Button, Card, Form, LinkButton, Row } from '#design'
import { type PersonsPlace, sayAhead } from '../../places/index.ts'
import type { NextStep } from '../next-step.ts'
import type { MyPledge } from './me.ts'

/** The one next step as a block set apart, with what can be done about it there and then. */
export function StepCard({
  step,
  csrf,
  home,
}: {
  step: NextStep<PersonsPlace, MyPledge>
  csrf: string
  home: string | undefined
}) {
  switch (step.kind) {
    case 'answer an offer':
      return <Offer place={step.place} csrf={csrf} />
    case 'take a seat':
      return <FreeSeat place={step.place} csrf={csrf} />
    case 'come today':
      return <Today place={step.place} />
    case 'review a pledge':
      return <Review pledge={step.pledge} />
    case 'write a pledge':
      return <Write place={step.place} />
    case 'come':
      return <Come place={step.place} />
    case 'wait':
      return <Wait place={step.place} />
    default:
      return <Find home={home} />
  }
}

const runAt = ({ run }: PersonsPlace): string => `/runs/${run}`

const Offer = ({ place, csrf }: { place: PersonsPlace; csrf: string }) => (
  <Card kind="next" title={`A place for you on ${place.title}`}>
    <p>
      It begins on {sayDay(place.startsOn)}: {place.pattern}, {place.where}. Say by {sayMoment(place.offerUntil!)}{' '}
      whether you take it. After that it goes to the next in line.
    </p>
    <Row>
      <Form action={`/places/${place.id}/acceptance`} csrf={csrf} label="Take the place">
        <Button>Take the place</Button>
      </Form>
      <Form action={`/places/${place.id}/refusal`} csrf={csrf} label="Say no to the place">
        <Button kind="second">No, thank you</Button>
      </Form>
      <a href={runAt(place)}>Read about it first</a>
    </Row>
  </Card>
)

const FreeSeat = ({ place, csrf }: { place: PersonsPlace; csrf: string }) => (
  <Card kind="next" title={`There is a free seat on ${place.title}`}>
    <p>
      It begins on {sayMoment(place.next!.startsAt)}, so there is no time left to offer the seat in turn. It goes to the
      first who takes it.
    </p>
    <Row>
      <Form action={`/places/${place.id}/acceptance`} csrf={csrf} label="Take the seat">
        <Button>Take the seat</Button>
      </Form>
      <a href={runAt(place)}>Read about it first</a>
    </Row>
  </Card>
)

const Today = ({ place }: { place: PersonsPlace }) => (
  <Card kind="next" title={`Today: ${place.title}`}>
    <p>
      {sayTimes(place.next!.startsAt, place.next!.endsAt)}, {place.where}. {ofAll(place)}
    </p>
    <Row>
      <LinkButton href={runAt(place)}>{place.where === 'Online' ? 'How to join' : 'Where it is'}</LinkButton>
      <a href={runAt(place)}>I cannot come</a>
    </Row>
  </Card>
)

const Come = ({ place }: { place: PersonsPlace }) => (
  <Card kind="next" title={`Come to ${place.title}`}>
    <p>
      {sayWhen(place.next!.startsAt, place.next!.endsAt)}, {place.where}. {ofAll(place)}
    </p>
    <Row>
      <LinkButton href={runAt(place)}>What to expect</LinkButton>
    </Row>
  </Card>
)

/** "It is session 2 of 4: The first minute at the door." */
function ofAll({ next, sessions }: PersonsPlace): string {
  if (!next) return ''
  return sessions > 1 ? `It is session ${next.number} of ${sessions}: ${next.title}.` : ''
}

const Review = ({ pledge }: { pledge: MyPledge }) => (
  <Card kind="next" title="Look back at your pledge">
    <p>
      On {sayDate(pledge.madeOn)} you wrote: “{pledge.commitment}” You chose {sayDate(pledge.reviewOn)} to look at what
      came of it.
    </p>
    <Row>
      <LinkButton href={`/pledges/${pledge.id}/review`}>Say what came of it</LinkButton>
    </Row>
  </Card>
)

const Write = ({ place }: { place: PersonsPlace }) => (
  <Card kind="next" title="Write your pledge">
    <p>
      You have a place on {place.title}. What will you change where you live, and by when? One or two sentences are
      enough, and you can change them.
    </p>
    <Row>
      <LinkButton href={`/me/pledges/new?run=${place.run}`}>Write my pledge</LinkButton>
    </Row>
  </Card>
)

const Wait = ({ place }: { place: PersonsPlace }) => (
  <Card kind="next" title={`You are waiting for ${place.title}`}>
    <p>
      {sayAhead(place.ahead)}. We write to you as soon as a place is yours. Meanwhile you can ask for a place on another
      run: the first one to come free is yours.
    </p>
    <Row>
      <LinkButton href={`/courses/${place.course}`}>Other runs of this course</LinkButton>
    </Row>
  </Card>
)

const Find = ({ home }: { home: string | undefined }) => (
  <Card kind="next" title={home ? `Find training near ${home}` : 'Find training'}>
    <p>Most people begin with listening on the doorstep. Every course says what you will be able to do after it.</p>
    <Row>
      <LinkButton href="/courses">Find training</LinkButton>
      <a href="/map">See the map</a>
    </Row>
  </Card>
)

/** "7 pm on Thursday 14 January" */
const sayMoment = (at: Date): string => `${sayTime(at)} on ${sayDay(dayOf(at))}`
