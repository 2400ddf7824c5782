/** The pages of those who arrange places: who is on a run, and what people need to take part. */
import { dayOf, sayDay, sayShortDay, sayTime } from '#core/days'
import type { Problems } from '#core/refusal'
import {
  Button,
  Empty,
  Figures,
  Filter,
  Form,
  Link,
  Notice,
  Page,
  Row,
  Section,
  Select,
  Stack,
  SummaryList,
  Table,
  Tag,
  TextArea,
  TextField,
} from '#design'
import { type Listing, listing, type Visit } from '#platform/web'
import { sayUntil } from './letters.ts'
import { type Need, needsToArrange } from './needs.ts'
import { type PeopleOfRun, peopleOf, personOnRun, type PersonOnRun, states } from './people.ts'

type Sorts = 'state' | 'name' | 'since'
const peopleListing = (visit: Visit): Listing<Sorts> => listing(visit, { sorts: ['state', 'name', 'since'], size: 50 })

export const loadPeople = (visit: Visit, { id }: { id: string }): Promise<PeopleOfRun | undefined> =>
  peopleOf(visit, id, peopleListing(visit))

export const PeoplePage = ({ run, people, total }: PeopleOfRun, visit: Visit, problems?: Problems) => {
  const { frame, query, typed } = visit
  const list = peopleListing({ ...visit, path: `/runs/${run.id}/people` })
  return (
    <Page
      frame={frame}
      title={`Who is on ${run.title}`}
      current={run.arranges ? '/coordinating' : '/teaching'}
      crumbs={[
        run.arranges ? { href: '/runs', label: 'Runs' } : { href: '/teaching', label: 'Teaching' },
        { href: `/runs/${run.id}`, label: run.title },
      ]}
      problems={problems}
      wide
    >
      <Stack gap="wide">
        <Stack gap="close">
          <h1>Who is on {run.title}</h1>
          <p class="lede">
            {run.academy}, from {sayDay(run.startsOn, visit.today)}
          </p>
          <Figures
            items={[
              { value: run.taken, label: `of ${run.capacity} places taken` },
              { value: run.waiting, label: 'waiting' },
            ]}
          />
        </Stack>
        <Stack gap="roomy">
          <Filter action={`/runs/${run.id}/people`}>
            <Select
              name="state"
              label="Show"
              empty="Everyone on the run"
              value={query.get('state')}
              options={states.map((state) => ({ value: state, label: stateNames[state] }))}
            />
          </Filter>
          <Table<PersonOnRun>
            caption={`People on ${run.title}`}
            quietCaption
            dense
            columns={[
              { key: 'name', label: 'Name', ...list.by('name') },
              {
                key: 'state',
                label: 'Place',
                selfEvident: true,
                cell: (person) => <State person={person} />,
                ...list.by('state'),
              },
              {
                key: 'since',
                label: 'Since',
                cell: ({ since }) => `${sayShortDay(dayOf(since), visit.today)}, ${sayTime(since)}`,
                ...list.by('since'),
              },
              ...(run.arranges
                ? [
                    { key: 'number', label: 'Membership number' },
                    { key: 'email', label: 'Email', selfEvident: true },
                    {
                      key: 'needs',
                      label: 'Needs',
                      cell: (person: PersonOnRun) => <NeedsCell run={run.id} person={person} />,
                    },
                    {
                      key: 'do',
                      label: 'Change',
                      selfEvident: true,
                      cell: (person: PersonOnRun) => <TakeOff person={person} />,
                    },
                  ]
                : []),
            ]}
            rows={people}
            empty={<Empty title="Nobody here yet" />}
            paging={list.paging(total)}
            csv={`/runs/${run.id}/people.csv`}
          />
        </Stack>
        {run.arranges && run.state === 'published' && (
          <Section title="Add a member">
            <p>The same rule holds as if they asked themselves: they get a place if one is free, or else they wait.</p>
            <Form action={`/runs/${run.id}/people`} csrf={frame.csrf}>
              <TextField
                name="number"
                label="Membership number"
                width="middle"
                autocomplete="off"
                {...{ typed, problems }}
              />
              <Button>Add to this run</Button>
            </Form>
          </Section>
        )}
      </Stack>
    </Page>
  )
}

const stateNames = {
  confirmed: 'Has a place',
  offered: 'Offered a place',
  waiting: 'Waiting',
  gone: 'Came off the run',
}

function State({ person }: { person: PersonOnRun }) {
  switch (person.state) {
    case 'confirmed':
      return person.turnedUp ? <>Turned up on the day</> : <>Has a place</>
    case 'offered':
      return <>Offered until {sayUntil(person.offerUntil)}</>
    case 'waiting':
      return <>Waiting, number {person.line}</>
    case 'withdrawn':
      return person.endedWhy ? <>Taken off: {person.endedWhy}</> : <>Gave it up</>
    case 'declined':
      return <>Said no</>
    case 'lapsed':
      return <>Did not answer, or no place came free</>
    default:
      return <>Run cancelled</>
  }
}

const NeedsCell = ({ run, person }: { run: string; person: PersonOnRun }) =>
  person.needs === null ? null : (
    <Link href={`/access-needs?run=${run}${person.needs === 'arranged' ? '&all=yes' : ''}`} about={`of ${person.name}`}>
      {person.needs === 'arranged' ? 'Arranged' : 'To arrange'}
    </Link>
  )

const TakeOff = ({ person }: { person: PersonOnRun }) =>
  person.state === 'confirmed' || person.state === 'offered' || person.state === 'waiting' ? (
    <Link href={`/places/${person.place}/removal`} about={person.name}>
      Take off
    </Link>
  ) : null

type Removal = NonNullable<Awaited<ReturnType<typeof personOnRun>>>
export const loadRemoval = (visit: Visit, { id }: { id: string }): Promise<Removal | undefined> =>
  personOnRun(visit, id)

export const RemovalPage = (place: Removal, visit: Visit, problems?: Problems) => (
  <Page
    frame={visit.frame}
    title={`Take ${place.name} off ${place.title}`}
    current="/coordinating"
    crumbs={[{ href: `/runs/${place.run}/people`, label: `Who is on ${place.title}` }]}
    problems={problems}
  >
    <Stack>
      <h1>
        Take {place.name} off {place.title}
      </h1>
      <p>
        They are told at once, with your reason. Their place is offered to the next in line, so this cannot be undone.
      </p>
      <Form action={`/places/${place.id}/removal`} csrf={visit.frame.csrf}>
        <TextArea
          name="why"
          label="Why"
          hint="They read this."
          rows={3}
          maxlength={300}
          typed={visit.typed}
          problems={problems}
        />
        <Row>
          <Button kind="grave">Take off</Button>
          <Link href={`/runs/${place.run}/people`}>Go back</Link>
        </Row>
      </Form>
    </Stack>
  </Page>
)

const needsListing = (visit: Pick<Visit, 'path' | 'query'>) => listing(visit, { sorts: ['date'], size: 25 })

export const loadNeedsToArrange = (visit: Visit) => {
  const { limit, offset } = needsListing(visit)
  const run = visit.query.get('run') ?? undefined
  return needsToArrange(visit, { run: run && isId(run) ? run : undefined, all: visit.query.has('all'), limit, offset })
}

const isId = (text: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)

export const NeedsToArrangePage = ({ needs, total }: { needs: Need[]; total: number }, visit: Visit) => {
  const list = needsListing(visit)
  const all = visit.query.has('all')
  return (
    <Page
      frame={visit.frame}
      title="What people need to take part"
      current="/coordinating"
      crumbs={[coordinating]}
      wide
    >
      <Stack gap="roomy">
        <h1>What people need to take part</h1>
        <Notice title="This is private">
          <p>
            What they wrote is for arranging it, and for nothing else. That you have read it goes on the record, and
            they can see that you did. It is deleted a month after the run.
          </p>
        </Notice>
        <Row>
          {all ? (
            <Link href={list.with({ all: undefined, page: undefined })}>Only what is still to be arranged</Link>
          ) : (
            <Link href={list.with({ all: 'yes', page: undefined })}>Also what has been arranged</Link>
          )}
          {visit.query.has('run') && <Link href={list.with({ run: undefined, page: undefined })}>All runs</Link>}
        </Row>
        <Table<Need>
          caption={all ? 'Everything people need, by date' : 'Still to be arranged, by date'}
          dense
          columns={[
            { key: 'name', label: 'Name' },
            { key: 'needs', label: 'What would help', selfEvident: true },
            {
              key: 'title',
              label: 'Run',
              selfEvident: true,
              cell: ({ run, title }) => <Link href={`/runs/${run}/people`}>{title}</Link>,
            },
            { key: 'startsOn', label: 'Begins', cell: ({ startsOn }) => sayShortDay(startsOn, visit.today) },
            {
              key: 'state',
              label: 'Place',
              selfEvident: true,
              cell: ({ state }) =>
                state === 'confirmed' ? 'Has a place' : state === 'offered' ? 'Offered' : 'Waiting',
            },
            {
              key: 'arranged',
              label: all ? 'Arranged' : 'To do',
              selfEvident: true,
              cell: (need) => (
                <>
                  {need.arrangedAt && (
                    <>
                      <Tag tone="go">Arranged</Tag> {need.note}{' '}
                    </>
                  )}
                  <Link href={`/places/${need.place}/arrangement`} about={`what ${need.name} needs`}>
                    {need.arrangedAt ? 'Change' : 'Arrange'}
                  </Link>
                </>
              ),
            },
          ]}
          rows={needs}
          empty={<Empty title="Nothing is left to arrange" />}
          paging={list.paging(total)}
        />
      </Stack>
    </Page>
  )
}

const coordinating = { href: '/coordinating', label: 'Coordinating' }

export const loadArrangement = async (visit: Visit, { id }: { id: string }): Promise<Need | undefined> =>
  (await needsToArrange(visit, { place: id, all: true })).needs[0]

export const ArrangementPage = (need: Need, visit: Visit, problems?: Problems) => (
  <Page
    frame={visit.frame}
    title={`Arrange what ${need.name} needs`}
    current="/coordinating"
    crumbs={[coordinating, { href: '/access-needs', label: 'What people need' }]}
    problems={problems}
  >
    <Stack>
      <h1>Arrange what {need.name} needs</h1>
      <SummaryList
        items={[
          { label: 'Run', value: `${need.title}, from ${sayDay(need.startsOn, visit.today)}, ${need.academy}` },
          { label: 'What would help', value: need.needs },
        ]}
      />
      <Form action={`/places/${need.place}/arrangement`} csrf={visit.frame.csrf}>
        <TextArea
          name="note"
          label="What has been arranged"
          hint="They read this, so say what to expect and whom to ask for."
          rows={3}
          maxlength={500}
          value={need.note}
          typed={visit.typed}
          problems={problems}
        />
        <Button>Save</Button>
      </Form>
    </Stack>
  </Page>
)
