/** The pages on which a run is published, and on which it is cancelled. */
import { dayOf, sayDate, sayDay } from '#core/days'
import type { Problems } from '#core/refusal'
import { Button, Facts, Form, Link, LinkButton, Notice, Page, PlainList, Row, Section, Stack, TextArea } from '#design'
import type { Visit } from '#platform/web'
import type { Affected } from './cancel.ts'
import { count } from './change/check-page.tsx'
import { type Run, whereOf } from './run.ts'
import { ClashList, ConfirmTick, NoteList, SessionsTable } from './schedule/parts.tsx'
import type { Clashes } from './schedule/plan.ts'
import type { Standing } from './standing.ts'

const crumbsTo = (run: Run) => [
  { href: '/coordinating', label: 'Coordinating' },
  { href: '/runs', label: 'Runs' },
  { href: `/runs/${run.id}`, label: run.title },
]

export interface Publishing {
  standing: Standing
  clashes: Clashes
  missing: Problems
}

/** A draft as it will be seen, what is missing from it, and the button that publishes it. */
export function PublicationPage(
  { standing, clashes, missing }: Publishing,
  { frame, today }: Visit,
  problems?: Problems,
) {
  const { run, notes } = standing
  const wanting = Object.values(missing)
  return (
    <Page
      frame={frame}
      title={`Publish ${run.title}`}
      current="/coordinating"
      crumbs={crumbsTo(run)}
      problems={problems}
    >
      <Stack gap="roomy">
        <h1>Publish {run.title}</h1>
        {run.state !== 'draft' && <AlreadySo run={run} />}
        <Facts
          items={[
            ['When', run.pattern],
            ['Where', whereOf(run)],
            ['Link', run.onlineLink],
            ['Led by', run.trainers.map(({ name }) => name).join(', ') || 'Nobody yet'],
            ['Places', `${run.capacity}, ${run.how === 'round' ? 'given by round' : 'first come, first served'}`],
          ]}
        />
        <Section title="Sessions">
          <SessionsTable today={today} sessions={run.sessions} clashes={clashes.all} />
        </Section>
        {run.state === 'draft' && (
          <>
            <NoteList notes={notes} />
            <ClashList clashes={clashes.all} sessions={run.sessions} />
            {wanting.length > 0 ? (
              <Notice tone="wait" title="It is not complete yet">
                <PlainList items={wanting.map((words) => `${words}.`)} />
                <p>
                  <LinkButton href={`/runs/${run.id}/edit`}>Change this draft</LinkButton>
                </p>
              </Notice>
            ) : (
              <Form action={`/runs/${run.id}/publication`} csrf={frame.csrf} label="Publish" next>
                <p>Members find it as soon as it is published, and can ask for a place. Its trainers are told.</p>
                <ConfirmTick clashes={clashes} problems={problems} />
                <Row>
                  <Button>Publish it</Button>
                  <LinkButton href={`/runs/${run.id}/edit`} kind="second">
                    Change this draft
                  </LinkButton>
                </Row>
              </Form>
            )}
            <p>
              <Link href={`/runs/${run.id}/cancellation`}>Throw this draft away</Link>
            </p>
          </>
        )}
      </Stack>
    </Page>
  )
}

const AlreadySo = ({ run }: { run: Run }) =>
  run.state === 'published' ? (
    <Notice tone="go" title={`It was published on ${sayDate(dayOf(run.publishedAt!))}`}>
      <p>
        <Link href={`/runs/${run.id}`}>See its page</Link>, <Link href={`/runs/${run.id}/edit`}>change it</Link>, or{' '}
        <Link href={`/runs/${run.id}/cancellation`}>cancel it</Link>.
      </p>
    </Notice>
  ) : (
    <Notice tone="stop" title="This run was cancelled">
      <p>
        <Link href={`/runs/new?course=${run.course}`}>Schedule a new one</Link>
      </p>
    </Notice>
  )

export interface Cancelling {
  run: Run
  affected: Affected
}

/** What cancelling does and who is told, with the question why; or, for a draft, that it is thrown away. */
export function CancellationPage({ run, affected }: Cancelling, { frame, typed, today }: Visit, problems?: Problems) {
  const draft = run.state === 'draft'
  const title = draft ? `Throw away this draft of ${run.title}` : `Cancel ${run.title}`
  return (
    <Page frame={frame} title={title} current="/coordinating" crumbs={crumbsTo(run)} problems={problems}>
      <Stack gap="roomy">
        <h1>{title}</h1>
        <p class="lede">
          {run.pattern} from {sayDay(run.startsOn, today)}, {whereOf(run)}
        </p>
        {run.state === 'cancelled' ? (
          <AlreadySo run={run} />
        ) : (
          <>
            {!draft && (
              <Notice tone="stop" title="This cannot be undone">
                <p>{sayTold(affected)}</p>
                <p>
                  To move it to other days, or to another place, <Link href={`/runs/${run.id}/edit`}>change it</Link>{' '}
                  instead.
                </p>
              </Notice>
            )}
            <Form action={`/runs/${run.id}/cancellation`} csrf={frame.csrf} label={title}>
              {draft ? (
                <p>Nobody but coordinators and its trainers has seen it, and nobody is told.</p>
              ) : (
                <TextArea
                  name="why"
                  label="Why is it cancelled?"
                  hint="Everyone who is told reads this. Name no one, and nothing about anyone’s health."
                  maxlength={500}
                  typed={typed}
                  problems={problems}
                />
              )}
              <Row>
                <Button kind="grave">{draft ? 'Throw it away' : 'Cancel it and tell them'}</Button>
                <LinkButton href={draft ? `/runs/${run.id}/publication` : `/runs/${run.id}`} kind="second">
                  Keep it
                </LinkButton>
              </Row>
            </Form>
          </>
        )}
      </Stack>
    </Page>
  )
}

/** "14 people with a place, 3 who wait and 2 trainers will be told, with the reason you give." */
export function sayTold({ places, waiting, trainers }: Affected): string {
  const parts = [
    places > 0 && count(places, 'person with a place', 'people with a place'),
    waiting > 0 &&
      (places > 0
        ? `${waiting.toLocaleString('en-GB')} who wait${waiting === 1 ? 's' : ''}`
        : count(waiting, 'person who waits', 'people who wait')),
    trainers > 0 && count(trainers, 'trainer', 'trainers'),
  ].filter((part) => part !== false)
  if (parts.length === 0) return 'Nobody has a place, waits or leads it, so nobody will be told.'
  const said = parts.length === 1 ? parts[0]! : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
  return `${said} will be told, with the reason you give.`
}
