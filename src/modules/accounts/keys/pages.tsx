/** Keys for programs. */
import type { Problems } from '#core/refusal'
import { Button, Choices, Empty, Form, Link, LinkButton, Notice, Page, Section, Stack, Table, TextField } from '#design'
import { scopesOffered } from '#platform/openapi'
import type { Visit } from '#platform/web'
import { sayDayOf } from '../moments.ts'
import { lifetimes } from './actions.ts'
import type { Key } from './queries.ts'

const crumbs = [{ href: '/account', label: 'Your account' }]

/** One's keys, with a form to make another. */
export const KeysPage = ({ keys }: { keys: readonly Key[] }, { frame, typed }: Visit, problems?: Problems) => (
  <Page frame={frame} title="Keys for programs" crumbs={crumbs} problems={problems}>
    <Stack gap="wide">
      <Stack>
        <h1>Keys for programs</h1>
        <p class="lede">
          With a key, a program of yours can do here what you can do, as far as you let it.{' '}
          <Link href="/about/api">What programs can do</Link>
        </p>
      </Stack>
      <Table
        caption="Your keys"
        quietCaption
        folds
        columns={[
          { key: 'name', label: 'Name' },
          { key: 'scopes', label: 'May do', cell: ({ scopes }: Key) => scopes.join(', ') },
          { key: 'until', label: 'Works until', cell: ({ until }: Key) => sayDayOf(until) },
          {
            key: 'id',
            label: 'Revoke',
            selfEvident: true,
            cell: ({ id, name }: Key) => (
              <Form action={`/account/keys/${id}/revocation`} csrf={frame.csrf}>
                <Button kind="grave" about={name}>
                  Revoke
                </Button>
              </Form>
            ),
          },
        ]}
        rows={keys}
        empty={<Empty title="You have no key" />}
      />
      <Section title="Make a key">
        <Form action="/account/keys" csrf={frame.csrf}>
          <TextField
            name="name"
            label="Name"
            hint="What it is for, such as My calendar."
            maxlength={60}
            {...{ typed, problems }}
          />
          <Choices
            kind="radio"
            name="days"
            label="How long it works"
            options={lifetimes}
            chosen="90"
            across
            {...{ typed, problems }}
          />
          <Choices
            kind="checkbox"
            name="scopes"
            label="What it may do"
            hint="Choose as little as it needs."
            options={scopesOffered().map(({ scope, does }) => ({ value: scope, label: scope, hint: sayScope(does) }))}
            {...{ typed, problems }}
          />
          <Button>Make the key</Button>
        </Form>
      </Section>
    </Stack>
  </Page>
)

const named = 2

/** The first things that a scope allows, and how many more there are. */
function sayScope(does: readonly string[]): string {
  const sentences = does.map((one) => `${one.replace(/\.+$/, '')}.`)
  const rest = sentences.length - named
  return [...sentences.slice(0, named), rest > 0 && `And ${rest} more.`].filter(Boolean).join(' ')
}

/** The key, this once. */
export const KeyPage = ({ name, key }: { name: string; key: string }, { frame, address }: Visit) => (
  <Page frame={frame} title="Keep this key" crumbs={[...crumbs, { href: '/account/keys', label: 'Keys for programs' }]}>
    <Stack gap="roomy">
      <Stack>
        <h1>Keep this key</h1>
        <p class="lede">It is shown now, and never again. Whoever holds it can act as you, as far as it goes.</p>
      </Stack>
      <Notice title={name}>
        <p class="code">{key}</p>
      </Notice>
      <p>A program sends it with each request, in this way:</p>
      <p class="code">{`curl -H "Authorization: Bearer ${key}" ${address}/api/account`}</p>
      <LinkButton href="/account/keys">I have kept it</LinkButton>
    </Stack>
  </Page>
)
