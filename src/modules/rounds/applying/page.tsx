/** The page of one member's application in a round: choosing while it is open, waiting for the draw, and what came of it. */
import { sayDay } from '#core/days'
import type { Problems } from '#core/refusal'
import { Button, Card, Empty, Facts, Form, Link, LinkButton, Notice, Page, Row, Stack } from '#design'
import type { Visit } from '#platform/web'
import { ResultParts } from '../result/parts.tsx'
import { sayMoment } from '../result/words.ts'
import type { Round } from '../round.ts'
import { ChooseForm } from './choose.tsx'
import type { ApplicationShown } from './load.ts'
import type { MyApplication } from './mine.ts'

/** The page, as far as the round has come. */
export const ApplicationPage = (shown: ApplicationShown, visit: Visit, problems?: Problems) => {
  const { round, application } = shown
  const title =
    round.phase === 'open' && !(application && application.withdrawnAt === null)
      ? `Apply: ${round.name}`
      : `Your application: ${round.name}`
  return (
    <Page
      frame={visit.frame}
      title={title}
      current="/rounds"
      crumbs={[
        { href: '/rounds', label: 'Rounds' },
        { href: `/rounds/${round.slug}`, label: round.name },
      ]}
      problems={problems}
      islands={round.phase === 'open' && visit.frame.assets.islands['ranking'] ? ['ranking'] : []}
    >
      <Stack gap="roomy">
        <h1>{title}</h1>
        <Part {...{ shown, visit, problems }} />
      </Stack>
    </Page>
  )
}

const Part = ({
  shown,
  visit,
  problems,
}: {
  shown: ApplicationShown
  visit: Visit
  problems: Problems | undefined
}) => {
  const { round, application } = shown
  switch (round.phase) {
    case 'open':
      return <Open {...{ shown, visit, problems }} />
    case 'coming':
      return (
        <>
          <p class="lede">
            You can apply from {sayMoment(round.opensAt)} until {sayMoment(round.closesAt)}. It makes no difference
            whether you are early or late.
          </p>
          <p>
            <LinkButton href={`/rounds/${round.slug}`}>See its runs and its rules</LinkButton>
          </p>
        </>
      )
    case 'drawn':
      return shown.result ? <ResultParts round={round} result={shown.result} visit={visit} /> : <NotIn round={round} />
    case 'cancelled':
      return (
        <Notice tone="stop" title="This round was cancelled">
          {round.cancelledWhy && <p>The reason given is: {round.cancelledWhy}</p>}
          <p>Your application is not used for anything.</p>
        </Notice>
      )
    default:
      return application && application.withdrawnAt === null ? (
        <OnTheRoll {...{ round, application }} />
      ) : (
        <NotIn round={round} />
      )
  }
}

const Open = ({
  shown,
  visit,
  problems,
}: {
  shown: ApplicationShown
  visit: Visit
  problems: Problems | undefined
}) => {
  const { round, application } = shown
  const stands = application !== undefined && application.withdrawnAt === null
  return (
    <>
      <p class="lede">
        {stands ? 'You can change it' : 'Choose the runs you would come to'} until {sayMoment(round.closesAt)}.{' '}
        {stands
          ? 'Nothing is decided before.'
          : 'Early or late makes no difference: the draw decides, and everyone can check it.'}
      </p>
      {stands && <Receipt {...{ round, application, visit }} />}
      {application?.withdrawnAt && (
        <Notice title="You took your application back">
          <p>You are not in the draw. If you apply again, you keep the same pseudonym.</p>
        </Notice>
      )}
      {visit.actor.member ? (
        <ChooseForm {...{ shown, visit, problems }} />
      ) : (
        <Notice tone="stop" title="Only members can apply">
          <p>
            You are signed in, but not on the membership roll. If you have joined, the roll may not have reached us yet.
          </p>
        </Notice>
      )}
    </>
  )
}

const Receipt = ({ round, application, visit }: { round: Round; application: MyApplication; visit: Visit }) => (
  <Card kind="next" title="Your application is in">
    <Facts
      items={[
        ['Your pseudonym', <code>{application.pseudonym}</code>],
        ['For', <Chosen round={round} choices={application.choices} />],
        [
          'Seats held first',
          round.runs.some(({ reserves }) => reserves.length > 0) &&
            (application.reserves ? 'Your answers count.' : 'Your answers do not count.'),
        ],
        ['Received', sayMoment(application.submittedAt)],
        ['Changed', application.changedAt > application.submittedAt && sayMoment(application.changedAt)],
      ]}
    />
    <p class="quiet">
      The roll of this round is published under pseudonyms. Keep yours to yourself: with it you can check the draw, and
      find your own line.
    </p>
    <HelpWith application={application} />
    <Form
      action={`/rounds/${round.slug}/application/withdrawal`}
      csrf={visit.frame.csrf}
      label="Take back my application"
    >
      <Row>
        <Link href="#choices">Change it below</Link>
        <Button kind="second">Take it back</Button>
      </Row>
    </Form>
  </Card>
)

/** Help is asked for with the application, and has no part in the draw. */
const HelpWith = ({ application }: { application: MyApplication }) => (
  <p>
    If money, childcare or travel would keep you away,{' '}
    <Link href={`/applications/${application.id}/help`}>ask for help to take part</Link>. It has no part in the draw.
  </p>
)

/** Runs in the order in which they were chosen. */
export const Chosen = ({ round, choices }: { round: Round; choices: readonly string[] }) => (
  <ol>
    {choices.map((id) => {
      const run = round.runs.find((one) => one.id === id)
      return (
        <li>
          {run ? <Link href={`/runs/${id}`}>{run.title}</Link> : 'A run that is no longer in the round'}
          {run && `, ${run.where}, from ${sayDay(run.startsOn)}`}
          {run?.state === 'cancelled' && ' (cancelled)'}
        </li>
      )
    })}
  </ol>
)

const OnTheRoll = ({ round, application }: { round: Round; application: MyApplication }) => (
  <>
    <p class="lede">
      Applications have closed and yours is on the roll. The draw follows by itself, once its seed is known, and we
      write to you as soon as it is done.
    </p>
    <Facts
      items={[
        ['Your pseudonym', <code>{application.pseudonym}</code>],
        ['For', <Chosen round={round} choices={application.choices} />],
        ['Received', sayMoment(application.submittedAt)],
      ]}
    />
    <HelpWith application={application} />
    <p>
      <LinkButton href={`/rounds/${round.slug}`} kind="second">
        See how the draw is coming along
      </LinkButton>
    </p>
  </>
)

const NotIn = ({ round }: { round: Round }) => (
  <Empty title="You did not apply in this round">
    <p>
      {round.phase === 'drawn'
        ? 'It has been drawn. Where seats are left or a waiting list is short, you can still ask for a place on the page of a run.'
        : 'Applications have closed.'}
    </p>
    <p>
      <LinkButton href={`/rounds/${round.slug}`}>See the round</LinkButton>
    </p>
  </Empty>
)
