/** The page on which a run is looked at before it is saved. */
import type { Problems } from '#core/refusal'
import { Button, Carried, Form, Link, Page, Row, Section, Stack, SummaryList } from '#design'
import type { Visit } from '#platform/web'
import { ClashList, ConfirmTick, NoteList, SessionsTable } from './parts.tsx'
import type { Clashes, Plan } from './plan.ts'
import { sayPlace } from './spot.ts'

export interface Checked {
  plan: Plan
  clashes: Clashes
}

const carried = [
  'academy',
  'course',
  'where',
  'link',
  'day',
  'time',
  'minutes',
  'often',
  'count',
  'skip',
  'onHolidays',
  'trainers',
  'other',
  'capacity',
  'how',
]

/** Every session in words, what clashes, and what to know; then it is published or kept as a draft. */
export function CheckPage(
  { plan, clashes }: Checked,
  { frame, today }: Visit,
  said: Readonly<Record<string, unknown>>,
  problems?: Problems,
) {
  const known = Object.fromEntries(carried.flatMap((name) => (said[name] === undefined ? [] : [[name, said[name]]])))
  const back = `/runs/new?${queryOf(known)}`
  const held = plan.skipped.some(({ holiday }) => holiday !== undefined)
  return (
    <Page
      frame={frame}
      title="Check this run"
      current="/coordinating"
      crumbs={[
        { href: '/coordinating', label: 'Coordinating' },
        { href: '/runs', label: 'Runs' },
        { href: back, label: 'Schedule a run' },
      ]}
      problems={problems}
    >
      <Stack gap="roomy">
        <h1>Check this run</h1>
        <SummaryList
          items={[
            { label: 'Course', value: plan.course.title, change: `${back}#course` },
            { label: 'Where', value: sayWhere(plan), change: `${back}#where` },
            {
              label: 'Trainers',
              value: plan.trainers.map(({ name }) => name).join(', ') || 'Nobody yet',
              change: `${back}#trainers-group`,
            },
            { label: 'Places', value: sayPlaces(plan), change: `${back}#capacity` },
          ]}
        />
        <Section title={plan.sessions.length === 1 ? 'One session' : `${plan.sessions.length} sessions`}>
          <SessionsTable today={today} sessions={plan.sessions} clashes={clashes.all} />
          <p>
            <Link href={`${back}#when-group`}>Change when it is</Link>
          </p>
        </Section>
        <NoteList notes={plan.notes}>
          {held && (
            <p>
              <Link href={`/runs/new/check?${queryOf({ ...known, onHolidays: 'yes' })}`}>
                Hold sessions on bank holidays too
              </Link>
            </p>
          )}
        </NoteList>
        <ClashList clashes={clashes.all} sessions={plan.sessions} />
        <Form action="/runs/new" csrf={frame.csrf} label="Save this run" next>
          <Carried said={known} />
          <ConfirmTick clashes={clashes} problems={problems} />
          <p>
            Once it is published, members find it and can ask for a place. A draft is seen by coordinators and its
            trainers.
          </p>
          <Row>
            <Button name="publish" value="yes">
              Publish it now
            </Button>
            <Button kind="second">Keep it as a draft</Button>
          </Row>
        </Form>
      </Stack>
    </Page>
  )
}

const sayWhere = ({ place, link }: Plan): string => {
  if (place.venueId !== null) return `${sayPlace(place)} (${place.academy.name})`
  return link ? `Online, by ${place.academy.name}: ${link}` : `Online, by ${place.academy.name}`
}

const sayPlaces = ({ capacity, how }: Plan): string =>
  `${capacity}, ${how === 'round' ? 'given by round' : 'first come, first served'}`

function queryOf(said: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(said))
    for (const one of [value].flat()) if (typeof one === 'string' && one !== '') query.append(name, one)
  return query.toString()
}
