/** The part of a run's page that says where someone stands with it, and holds the one thing to do next. */
import type { ComponentChildren } from 'preact'
import { dayOf, sayDate, sayDay, sayTime } from '#core/days'
import type { Problems } from '#core/refusal'
import { Button, Card, Form, Link, LinkButton, Row, TextArea } from '#design'
import type { Visit } from '#platform/web'
import type { Run } from '../runs/index.ts'
import { sayUntil } from './letters.ts'
import { sayAhead } from './offer.ts'
import type { Before, Held, OfApplication, Standing } from './standing.ts'

interface Shown {
  run: Run
  visit: Visit
  problems?: Problems | undefined
}

/** Says where they stand, and what they can do. */
export function StandingPanel({ standing, ...shown }: Shown & { standing: Standing }) {
  const { run } = shown
  switch (standing.kind) {
    case 'confirmed':
      return <Confirmed {...shown} standing={standing} />
    case 'offered':
      return <Offered {...shown} standing={standing} />
    case 'waiting':
      return <Waiting {...shown} standing={standing} />
    case 'may ask':
      return <Ask {...shown} standing={standing} />
    case 'stranger':
      return (
        <Card kind="next" title="Ask for a place">
          <p>{sayTaken(run)} Places are for members. Sign in to ask for one; you come back to this page.</p>
          <p>
            <LinkButton href={`/sign-in?next=/runs/${run.id}`}>Sign in to ask</LinkButton>
          </p>
        </Card>
      )
    case 'not a member':
      return (
        <Said title="Places are for members">
          You are signed in, but not on the membership roll. If you have joined, the roll may not have reached us yet.
        </Said>
      )
    case 'leads':
      return <Said title="You lead this run">As one of its trainers you do not need a place.</Said>
    case 'too late':
      return (
        <Said title="It is too late to ask" more={<OtherRuns run={run} />}>
          This run has begun.
        </Said>
      )
    case 'by round':
      return <ByRound {...shown} standing={standing} />
    case 'draft':
      return <Said title="This is a draft">Nobody can ask for a place before it is published.</Said>
    default:
      return (
        <Said title="This run has been cancelled" more={<OtherRuns run={run} />}>
          {run.cancelledWhy ? `The academy says why: ${run.cancelledWhy}` : 'It will not be held.'}
        </Said>
      )
  }
}

const Said = ({ title, more, children }: { title: string; more?: ComponentChildren; children: ComponentChildren }) => (
  <Card title={title}>
    <p>{children}</p>
    {more && <p>{more}</p>}
  </Card>
)

const OtherRuns = ({ run }: { run: Run }) => <Link href={`/courses/${run.course}`}>See other runs of this course</Link>

function Confirmed({ standing, run, visit }: Shown & { standing: Extract<Standing, { kind: 'confirmed' }> }) {
  if (standing.over)
    return (
      <Said title="You had a place" more={<Link href="/me/places">All my places</Link>}>
        This run ended on {sayDate(run.endsOn)}.
      </Said>
    )
  return (
    <Card kind="next" title="You have a place">
      <p>
        We look forward to seeing you on {sayDay(run.startsOn)}. A letter with a calendar entry is on its way to you.
      </p>
      {run.onlineLink && (
        <p>
          <Link href={run.onlineLink}>Join online</Link>
        </p>
      )}
      {!standing.hasPledge && (
        <>
          <h3>What will you change where you live?</h3>
          <p>Write it down in a sentence or two. We look at it with you when the day comes.</p>
          <p>
            <LinkButton href={`/me/pledges/new?run=${run.id}`}>Write my pledge</LinkButton>
          </p>
        </>
      )}
      <Doors place={standing.place} leave="I cannot come" address={visit.frame.me ? '/me/calendar' : undefined} />
    </Card>
  )
}

function Offered({ standing, run, visit }: Shown & { standing: Extract<Standing, { kind: 'offered' }> }) {
  return (
    <Card kind="next" title="A place is yours if you want it">
      <p>
        We keep it for you until <strong>{sayUntil(standing.until)}</strong>. After that it goes to the next in line.
      </p>
      {standing.holds && <GivesUp holds={standing.holds} />}
      {standing.ends.length > 0 && <EndsOthers others={standing.ends} />}
      <Answers place={standing.place} visit={visit} title={run.title} />
    </Card>
  )
}

/** Yes and no to an offer, each its own form. */
export const Answers = ({ place, visit, title }: { place: string; visit: Visit; title: string }) => (
  <Row>
    <Form action={`/places/${place}/acceptance`} csrf={visit.frame.csrf} label={`Take the place on ${title}`}>
      <Button about={`on ${title}`}>Take the place</Button>
    </Form>
    <Form action={`/places/${place}/refusal`} csrf={visit.frame.csrf} label={`Say no to the place on ${title}`}>
      <Button kind="second" about={`to the place on ${title}`}>
        No, thank you
      </Button>
    </Form>
  </Row>
)

function Waiting({ standing, run, visit }: Shown & { standing: Extract<Standing, { kind: 'waiting' }> }) {
  if (standing.open)
    return (
      <Card kind="next" title="A place is free">
        <p>There is no time left to offer it in turn, so the first of those who wait to take it has it.</p>
        {standing.holds && <GivesUp holds={standing.holds} />}
        <Form action={`/places/${standing.place}/acceptance`} csrf={visit.frame.csrf}>
          <Button>Take the place</Button>
        </Form>
        <Doors place={standing.place} leave="Leave the waiting list" />
      </Card>
    )
  return (
    <Card kind="next" title="You are on the waiting list">
      <p>
        All {run.capacity} places are taken. <strong>{sayAhead(standing.ahead)}.</strong>
      </p>
      <p>
        As soon as a place is yours we write to you, and you say whether you take it. Until then you need do nothing.
      </p>
      <p>
        <OtherRuns run={run} />
      </p>
      <Doors place={standing.place} leave="Leave the waiting list" />
    </Card>
  )
}

function Ask({ standing, run, visit, problems }: Shown & { standing: Extract<Standing, { kind: 'may ask' }> }) {
  const { seats, ahead, before, holds } = standing
  const { typed, frame } = visit
  return (
    <Form action={`/runs/${run.id}/place`} csrf={frame.csrf} next label="Ask for a place">
      <h2>Ask for a place</h2>
      {before && <p>{sayBefore(before)}</p>}
      <p>
        {sayTaken(run)} {seats ? 'You will know at once.' : sayQueue(ahead)}
      </p>
      {holds && seats && <GivesUp holds={holds} />}
      {holds && seats && <input type="hidden" name="instead" value="yes" />}
      <TextArea
        name="needs"
        label="What would help you to take part?"
        hint="Access, childcare, travel, an interpreter. Only you and those at the academy who arrange it see this."
        optional
        maxlength={500}
        {...{ typed, problems }}
      />
      <Button>{seats ? (holds ? 'Change to this run' : 'Ask for a place') : 'Join the waiting list'}</Button>
    </Form>
  )
}

const GivesUp = ({ holds }: { holds: Held }) => (
  <p>
    You hold a place on <Link href={`/runs/${holds.run}`}>the run that starts on {sayDay(holds.startsOn)}</Link>. If you
    take this one, that place is given up for it.
  </p>
)

/** What else of the same application taking this place would end, and what it would leave. */
const EndsOthers = ({ others }: { others: readonly OfApplication[] }) => {
  const given = others.filter(({ state }) => state !== 'waiting')
  const left = others.filter(({ state, better }) => state === 'waiting' && !better)
  const kept = others.filter(({ state, better }) => state === 'waiting' && better)
  return (
    <>
      {given.map(({ run, title, startsOn, state }) => (
        <p>
          A round gives one place. If you take this one, {state === 'offered' ? 'the offer of ' : 'your place on '}
          <Link href={`/runs/${run}`}>
            {title}, from {sayDay(startsOn)}
          </Link>
          , is given up for it.
        </p>
      ))}
      {left.length > 0 && <p>You also leave the waiting list of {sayTitles(left)}, which you ranked lower.</p>}
      {kept.length > 0 && (
        <p>
          You stay in line for {sayTitles(kept)}, which you would rather have. If a place comes free there, you choose.
        </p>
      )}
    </>
  )
}

const sayTitles = (runs: readonly OfApplication[]): string => runs.map(({ title }) => title).join(' and ')

/** A run whose places a round gives, before it is drawn. */
function ByRound({ run, visit, standing }: Shown & { standing: Extract<Standing, { kind: 'by round' }> }) {
  const { round, applied } = standing
  if (!round || round.state === 'cancelled')
    return (
      <Said title="Places are given in a round" more={<OtherRuns run={run} />}>
        They do not go to the first who ask. You will be able to apply for this run when its round opens.
      </Said>
    )
  const link = <Link href={`/rounds/${round.slug}`}>{round.name}</Link>
  const moment = (at: Date): string => `${sayDay(dayOf(at))}, ${sayTime(at)}`
  if (round.state === 'published' && visit.now < round.closesAt)
    return (
      <Card kind="next" title="Places are given in a round">
        {visit.now < round.opensAt ? (
          <p>
            You can apply in the round {link} from {moment(round.opensAt)}. It does not matter who is first.
          </p>
        ) : (
          <>
            <p>
              {applied ? 'You have applied in the round ' : 'Apply in the round '}
              {link} by <strong>{moment(round.closesAt)}</strong>. Places are then drawn, so it does not matter who is
              first.
            </p>
            <p>
              <LinkButton href={`/rounds/${round.slug}/application`} kind={applied ? 'second' : 'first'}>
                {applied ? 'See my application' : 'Rank this and other runs'}
              </LinkButton>
            </p>
          </>
        )}
      </Card>
    )
  return (
    <Said title="Places are given in a round" more={<OtherRuns run={run} />}>
      The round {link} is closed and will be drawn soon. Places that are left over can be asked for after that.
    </Said>
  )
}

const Doors = ({ place, leave, address }: { place: string; leave: string; address?: string | undefined }) => (
  <Row>
    <Link href={`/places/${place}/needs`}>What would help me to take part</Link>
    {address && <Link href={address}>Add to my calendar</Link>}
    <Link href={`/places/${place}/withdrawal`}>{leave}</Link>
  </Row>
)

const sayTaken = ({ taken, capacity }: Run): string =>
  taken >= capacity
    ? `All ${capacity} places are taken.`
    : taken === 0
      ? `All ${capacity} places are free.`
      : `${taken} of ${capacity} ${taken === 1 ? 'is' : 'are'} taken.`

const sayQueue = (ahead: number): string =>
  ahead === 0
    ? 'You can wait for one: you would be the first in line.'
    : `You can wait for one: ${ahead.toLocaleString('en-GB')} ${ahead === 1 ? 'person asked' : 'people asked'} before you.`

function sayBefore({ state, offered, takenOff, why }: Before): string {
  if (takenOff) return `The academy took you off this run. The reason given is: ${why}`
  if (state === 'lapsed' && offered) return 'You were offered a place, and the offer has ended. You can ask again.'
  if (state === 'declined') return 'You said no to a place on this run. You can ask again.'
  return 'You gave up your place on this run. You can ask again.'
}
