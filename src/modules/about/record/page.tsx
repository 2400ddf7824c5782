import { dayOf, sayShortDay, timeOf } from '#core/days'
import { type Column, DateField, Empty, Filter, Page, Row, Select, Stack, Table, Tag, TextField } from '#design'
import type { Visit } from '#platform/web'
import type { Entry, RecordFound } from './record.ts'

/** The record for those who may read it. */
export const RecordPage = (found: RecordFound, { frame, query }: Visit) => (
  <Page
    frame={frame}
    title="Record"
    current="/administration"
    crumbs={[{ href: '/administration', label: 'Administration' }]}
    problems={found.problem}
    wide
  >
    <Stack gap="roomy">
      <Stack gap="close">
        <h1>Record</h1>
        <p class="lede">
          Who did what, and when. An entry is never changed, and each is sealed to the one before it, so that one taken
          out would show. When you narrow it to one person, they can see that you did.
        </p>
      </Stack>
      <Narrow found={found} />
      {found.person && <p>What {found.person.name} did, and what was done about them.</p>}
      <Table
        caption="What happened, the latest first"
        quietCaption
        dense
        columns={columns}
        rows={found.entries}
        empty={<Empty title="Nothing of this kind happened" />}
      />
      <Row>
        {found.newest && <a href={found.newest}>Latest</a>}
        {found.older && (
          <a href={found.older} rel="next">
            Earlier
          </a>
        )}
        {found.entries.length > 0 && (
          <a href={fileOf(query)} download>
            Download as CSV
          </a>
        )}
      </Row>
    </Stack>
  </Page>
)

const Narrow = ({ found: { narrowed, kinds, problem } }: { found: RecordFound }) => (
  <Filter action="/administration/record" label="Narrow the record">
    <Select
      name="what"
      label="What"
      value={narrowed.what}
      empty="Anything"
      options={kinds.map((kind) => ({ value: kind, label: sayWhat(kind) }))}
    />
    <TextField
      name="person"
      label="Person’s email or number"
      value={narrowed.person}
      problems={problem}
      maxlength={254}
      spellcheck={false}
      autocapitalize="none"
    />
    <DateField name="day" label="Day" value={narrowed.day} problems={problem} />
  </Filter>
)

const columns: Column<Entry>[] = [
  {
    key: 'at',
    label: 'When',
    cell: ({ at }) => (
      <time datetime={at.toISOString()}>{`${sayShortDay(dayOf(at))} ${dayOf(at).slice(0, 4)}, ${timeOf(at)}`}</time>
    ),
  },
  { key: 'who', label: 'By', cell: ({ who }) => (who ? <Person {...who} /> : 'Hearten itself, or a stranger') },
  {
    key: 'what',
    label: 'What',
    selfEvident: true,
    cell: ({ what }) => <a href={`/administration/record?what=${encodeURIComponent(what)}`}>{sayWhat(what)}</a>,
  },
  { key: 'whom', label: 'About whom', cell: ({ whom }) => whom && <Person {...whom} /> },
  { key: 'about', label: 'About what', cell: ({ about }) => <About about={about} /> },
  { key: 'sealed', label: 'Sealed', cell: ({ sealed }) => (sealed ? 'Yes' : <Tag tone="wait">Not yet</Tag>) },
]

const Person = ({ id, name }: { id: string; name: string }) => (
  <a href={`/administration/record?person=${id}`}>{name}</a>
)

/** "place.offer-declined" → "Place: offer declined" */
export function sayWhat(what: string): string {
  const [noun = '', ...rest] = what.split('.')
  const words = (text: string): string => text.replaceAll('-', ' ')
  const said = rest.length > 0 ? `${words(noun)}: ${words(rest.join('.'))}` : words(noun)
  return said.charAt(0).toUpperCase() + said.slice(1)
}

const pages: Readonly<Record<string, string>> = { run: '/runs/', pledge: '/pledges/', area: '/areas/' }

const About = ({ about }: { about: Record<string, unknown> }) => {
  const parts = Object.entries(about).filter(([name]) => name !== 'person')
  if (parts.length === 0) return null
  return (
    <>
      {parts.map(([name, value], index) => (
        <>
          {index > 0 && ', '}
          {pages[name] && typeof value === 'string' ? (
            <a href={`${pages[name]}${encodeURIComponent(value)}`}>{name}</a>
          ) : (
            `${name} ${sayValue(value)}`
          )}
        </>
      ))}
    </>
  )
}

/** A value in a few words; ids are cut, since their beginning tells them apart well enough for reading. */
function sayValue(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text)) return `…${text.slice(-6)}`
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

function fileOf(query: URLSearchParams): string {
  const answers = new URLSearchParams(query)
  answers.delete('before')
  return `/administration/record.csv${answers.size === 0 ? '' : `?${answers}`}`
}
