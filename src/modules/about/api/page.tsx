import { Code, Page, Section, Sides, Stack, Table } from '#design'
import type { Door } from '#platform/openapi'
import { curlFor, fieldRows, sayShape } from '#platform/routes-in-words'
import type { Visit } from '#platform/web'
import type { Part } from './api.ts'

/** The API for people who write programs. */
export const ApiPage = ({ parts }: { parts: readonly Part[] }, { frame, address }: Visit) => (
  <Page frame={frame} title="The API">
    <Stack gap="wide">
      <Stack>
        <h1>The API</h1>
        <p class="lede">What you can do on these pages, a program of yours can do as well, as far as you let it.</p>
      </Stack>
      <Sides kind="first">
        <nav aria-label="Parts of the API">
          <ul>
            {[{ name: 'begin' }, ...parts].map(({ name }) => (
              <li>
                <a href={`#${name}`}>{sayPart(name)}</a>
              </li>
            ))}
          </ul>
        </nav>
        <Stack gap="far">
          <Begin address={address} />
          {parts.map(({ name, doors }) => (
            <Section title={sayPart(name)} id={name} gap="wide">
              {doors.map((door) => (
                <DoorPart door={door} address={address} />
              ))}
            </Section>
          ))}
        </Stack>
      </Sides>
    </Stack>
  </Page>
)

const Begin = ({ address }: { address: string }) => (
  <Section title="How to begin" id="begin">
    <p>
      Make a key on <a href="/account/keys">the page of your keys</a>. Choose what it may do: each thing below names its
      scope. A key works for a limited time, and you can end it at any moment. Keep it as you keep a password.
    </p>
    <p>Send the key with each request, and JSON where something is to be changed:</p>
    <Code>{`curl ${address}/api/me \\\n  -H "Authorization: Bearer $KEY"`}</Code>
    <p>
      The answer is JSON. Times are in UTC, days are those of the United Kingdom. Where something is wrong, the answer
      says what in sentences: <code>{'{"problems": {"review": "Enter a date"}}'}</code>, with the name of the field, or
      an empty name where it belongs to none. Nothing is then changed.
    </p>
    <Table
      caption="What the number of an answer means"
      columns={[
        { key: 'status', label: 'Number' },
        { key: 'means', label: 'Meaning' },
      ]}
      rows={statuses}
    />
    <p>
      The same for programs to read: <a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1).
    </p>
  </Section>
)

const statuses = [
  { status: '200', means: 'It is done, or here is what was asked for.' },
  { status: '401', means: 'There is no key, or it is not known, or it has ended.' },
  { status: '403', means: 'You may not do this, or the key lacks the scope.' },
  { status: '404', means: 'There is no such thing, or none that you may see.' },
  { status: '422', means: 'A field is wrong, or a rule says no. Nothing was changed.' },
  { status: '429', means: 'Too many writes in a minute. Wait as long as retry-after says.' },
]

const DoorPart = ({ door, address }: { door: Door; address: string }) => (
  <Stack gap="close">
    <h3>
      <code>
        {door.method} {door.template}
      </code>
    </h3>
    <p>{door.does}</p>
    <p class="quiet">
      For {door.who}. Scope: <code>{door.scope}</code>
    </p>
    {(door.body || door.asks.length > 0) && (
      <Table
        caption={`What ${door.method} ${door.template} takes`}
        quietCaption
        columns={[
          { key: 'name', label: door.body ? 'Field' : 'In the query', cell: ({ name }) => <code>{name}</code> },
          { key: 'is', label: 'What it is' },
          { key: 'needed', label: 'Needed', cell: ({ needed }) => (needed ? 'yes' : 'no') },
        ]}
        rows={[
          ...door.asks.map(({ name, means }) => ({ name, is: means, needed: false })),
          ...(door.body ? fieldRows(door.body) : []),
        ]}
      />
    )}
    <Code>{curlFor(door, address)}</Code>
    {door.gives && (
      <Table
        caption={`What ${door.method} ${door.template} gives`}
        quietCaption
        columns={[
          { key: 'name', label: 'Given', cell: ({ name }) => <code>{name}</code> },
          { key: 'is', label: 'What it is' },
        ]}
        rows={
          door.gives.properties
            ? fieldRows(door.gives)
            : [{ name: 'the answer', is: sayShape(door.gives), needed: true }]
        }
      />
    )}
  </Stack>
)

const sayPart = (name: string): string =>
  name === 'begin' ? 'How to begin' : name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ')
