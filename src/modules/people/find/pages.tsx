import { sayDate } from '#core/days'
import type { Problems } from '#core/refusal'
import {
  Button,
  Card,
  Empty,
  Facts,
  Filter,
  Form,
  Link,
  LinkButton,
  Notice,
  Page,
  Row,
  Section,
  Stack,
  Table,
  Tag,
  TextField,
} from '#design'
import { listing, type Visit } from '#platform/web'
import { Sure, WhatGoes } from '../data/me-page.tsx'
import { mostFound, type People, type PersonRow, type PersonSeen, type Sort } from './queries.ts'

const administration = [{ href: '/administration', label: 'Administration' }]
const people = [...administration, { href: '/administration/people', label: 'People' }]

/** How the table is sorted and cut. */
export const listingOf = (visit: Visit, size = 25) =>
  listing<Sort>(visit, { sorts: ['name', 'number', 'area', 'joined'], size })

/** Finding someone. */
export const PeoplePage = ({ sought, asked, problem, rows, total, more }: People, visit: Visit) => {
  const { frame, query } = visit
  const list = listingOf(visit)
  return (
    <Page frame={frame} title="People" current="/administration" crumbs={administration} problems={problem} wide>
      <Stack gap="roomy">
        <Stack gap="close">
          <h1>People</h1>
          <p class="lede">
            Find a person by name, membership number or email address. Typing errors in a name are forgiven. When you
            open someone’s page, they can see that you did.
          </p>
        </Stack>
        <Filter action="/administration/people" submit="Find" label="Find people">
          <TextField
            name="q"
            label="Name, number or email"
            value={sought.q}
            problems={problem}
            maxlength={120}
            spellcheck={false}
            autocapitalize="none"
          />
          <TextField name="area" label="Area" value={sought.area} problems={problem} maxlength={120} />
        </Filter>
        {more && (
          <Notice title={`More than ${mostFound.toLocaleString('en-GB')} people are like this`}>
            <p>Only some of them are listed. Say more of the name, or an area, to find the one you seek.</p>
          </Notice>
        )}
        {asked && !problem && (
          <Table
            caption="People found"
            quietCaption
            dense
            columns={[
              {
                key: 'name',
                label: 'Name',
                ...list.by('name'),
                cell: ({ id, name }) => <Link href={`/administration/people/${id}`}>{name}</Link>,
              },
              { key: 'number', label: 'Number', ...list.by('number') },
              { key: 'area', label: 'Area', selfEvident: true, ...list.by('area') },
              { key: 'standing', label: 'Standing', selfEvident: true, cell: (row) => <Standing {...row} /> },
              {
                key: 'joinedOn',
                label: 'Joined',
                ...list.by('joined'),
                cell: ({ joinedOn }) => joinedOn && sayDate(joinedOn),
              },
            ]}
            rows={rows}
            paging={list.paging(total)}
            csv={`/administration/people.csv?${new URLSearchParams([...query].filter(([name]) => name === 'q' || name === 'area' || name === 'sort'))}`}
            empty={
              <Empty title="Nobody is found">
                <p>Nobody whom you may find is like this. Try fewer letters, or leave the area empty.</p>
              </Empty>
            }
          />
        )}
      </Stack>
    </Page>
  )
}

const said: Record<string, string> = { member: 'Member', contact: 'Contact', closed: 'No longer a member' }

const Standing = ({ standing }: Pick<PersonRow, 'standing'>) => (
  <Tag tone={standing === 'member' ? 'go' : standing === 'closed' ? 'stop' : 'info'}>{said[standing] ?? standing}</Tag>
)

/** One person. */
export const PersonPage = (person: PersonSeen, { frame }: Visit) => (
  <Page frame={frame} title={person.name} current="/administration" crumbs={people}>
    <Stack gap="wide">
      <Stack gap="close">
        <h1>{person.name}</h1>
        <Row>
          <Standing {...person} />
        </Row>
      </Stack>
      <Stack>
        <Facts
          items={[
            ['Membership number', person.number],
            ['Area', person.area],
            ['Joined', person.joinedOn && sayDate(person.joinedOn)],
            ['Left', person.closedOn && sayDate(person.closedOn)],
          ]}
        />
        <p class="quiet">They can see that you read this page.</p>
      </Stack>
      <Section title="Rights">
        <Table
          caption="Rights they hold"
          quietCaption
          columns={[
            { key: 'role', label: 'Role', cell: ({ role }) => role.charAt(0).toUpperCase() + role.slice(1) },
            { key: 'where', label: 'Where', cell: ({ where }) => where ?? 'Everywhere' },
            {
              key: 'startsOn',
              label: 'When',
              cell: ({ startsOn, endsOn }) => `Since ${sayDate(startsOn)}${endsOn ? `, until ${sayDate(endsOn)}` : ''}`,
            },
          ]}
          rows={person.rights}
          empty={<p>They hold none.</p>}
        />
      </Section>
      <Section title="Places">
        <Table
          caption="Places they asked for, the latest first"
          quietCaption
          columns={[
            { key: 'course', label: 'Course', cell: ({ run, course }) => <Link href={`/runs/${run}`}>{course}</Link> },
            { key: 'startsOn', label: 'Begins', cell: ({ startsOn }) => sayDate(startsOn) },
            { key: 'state', label: 'Place', cell: ({ state }) => state.charAt(0).toUpperCase() + state.slice(1) },
          ]}
          rows={person.places}
          empty={<p>They have not asked for one yet.</p>}
        />
      </Section>
      {person.mayErase && (
        <Card title="If they ask to be erased">
          <p>What names them then goes for good, and they give up their places. First see what goes and what stays.</p>
          <LinkButton kind="second" href={`/administration/people/${person.id}/erasure`}>
            Go on to erase them
          </LinkButton>
        </Card>
      )}
    </Stack>
  </Page>
)

/** Erasing someone who asked for it. */
export const PersonErasurePage = ({ id, name, number }: PersonSeen, { frame }: Visit, problems?: Problems) => (
  <Page
    frame={frame}
    title={`Erase ${name}`}
    current="/administration"
    crumbs={[...people, { href: `/administration/people/${id}`, label: name }]}
    problems={problems}
  >
    <Stack gap="wide">
      <Stack>
        <h1>Erase {name}</h1>
        <p class="lede">
          Do this only when they asked for it and you have made sure that it was they who asked
          {number && `: membership number ${number}`}. Here is what they are told.
        </p>
      </Stack>
      <WhatGoes />
      <Form action={`/administration/people/${id}/erasure`} csrf={frame.csrf} label={`Erase ${name}`}>
        <Sure problems={problems} label={`I am sure that ${name} asked for this, and know that it cannot be undone.`} />
        <Row>
          <Button kind="grave">Erase {name}</Button>
          <Link href={`/administration/people/${id}`}>Keep everything as it is</Link>
        </Row>
      </Form>
    </Stack>
  </Page>
)
