/** The page on which changes to a run are looked at before they are saved. */
import type { Problems } from '#core/refusal'
import { Button, Carried, Form, Link, Notice, Page, PlainList, Row, Section, Stack } from '#design'
import type { Visit } from '#platform/web'
import type { Affected } from '../cancel.ts'
import { ClashList, ConfirmTick, NoteList, SessionsTable } from '../schedule/parts.tsx'
import type { Clashes } from '../schedule/plan.ts'
import { type Change, sayChange, touchesAll } from './changes.ts'
import type { ChangePlan } from './plan.ts'

export interface CheckedChange {
  plan: ChangePlan
  clashes: Clashes
  affected: Affected
}

export function ChangeCheckPage(
  { plan, clashes, affected }: CheckedChange,
  { frame, today }: Visit,
  said: Carriable,
  problems?: Problems,
) {
  const { run, changes, capacity, sessions, trainers } = plan
  const nameOf = (person: string): string =>
    [...trainers, ...run.trainers].find(({ id }) => id === person)?.name ?? 'Someone'
  const words = [
    ...changes.map((change) => sayChange(change, nameOf)),
    ...(capacity === run.capacity ? [] : [`There are ${capacity} places instead of ${run.capacity}.`]),
  ]
  const back = `/runs/${run.id}/edit?${said.query}`
  const rows = sessions.map(({ title, startsAt, endsAt }, index) => ({ title, startsAt, endsAt, number: index + 1 }))
  return (
    <Page
      frame={frame}
      title="Check the changes"
      current="/coordinating"
      crumbs={[
        { href: '/coordinating', label: 'Coordinating' },
        { href: '/runs', label: 'Runs' },
        { href: `/runs/${run.id}`, label: run.title },
        { href: back, label: 'Change it' },
      ]}
      problems={problems}
    >
      <Stack gap="roomy">
        <h1>Check the changes</h1>
        {words.length === 0 ? (
          <Notice title="Nothing changes">
            <p>
              All is as it was. <Link href={back}>Go back and change something</Link>
            </p>
          </Notice>
        ) : (
          <>
            <PlainList items={words} />
            <Section title="How it will be">
              <SessionsTable today={today} sessions={rows} clashes={clashes.all} />
              <p>
                <Link href={back}>Change something else</Link>
              </p>
            </Section>
            <NoteList notes={plan.notes} />
            <ClashList clashes={clashes.all} sessions={rows} />
            <Form action={`/runs/${run.id}/edit`} csrf={frame.csrf} label="Save the changes" next>
              <Carried said={said.fields} />
              <ConfirmTick clashes={clashes} problems={problems} />
              <p>{sayTold(run.state === 'published', changes, affected)}</p>
              <Row>
                <Button>Save the changes</Button>
              </Row>
            </Form>
          </>
        )}
      </Stack>
    </Page>
  )
}

/** What was said: as fields of the form that saves it, and as the address of the page on which it can be said again. */
export interface Carriable {
  fields: Readonly<Record<string, unknown>>
  query: string
}

/** "14 people with a place and 2 trainers are told, with an update for their calendars." */
export function sayTold(published: boolean, changes: readonly Change[], { places, trainers }: Affected): string {
  if (!published) return 'It is a draft, so nobody is told.'
  if (changes.length === 0)
    return 'Nobody is told of the number of places. Those who wait are offered what becomes free.'
  const told =
    changes.some(touchesAll) && places > 0 ? [count(places, 'person with a place', 'people with a place')] : []
  const led = trainers > 0 ? [count(trainers, 'trainer', 'trainers')] : []
  const all = [...told, ...led].join(' and ')
  if (all === '') return 'Nobody has a place yet, so nobody is told.'
  return `${all} will be told, with an update for their calendars.`
}

/** "1 trainer", "1,204 people" */
export const count = (number: number, one: string, many: string): string =>
  `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`
