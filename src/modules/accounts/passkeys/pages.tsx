/** Passkeys on the account's page and on the way in. Making and showing one needs a script: without it, nothing is shown. */
import type { Problems } from '#core/refusal'
import { Button, Form, Link, Page, Row, Section, Stack, TextField } from '#design'
import type { Visit } from '#platform/web'
import type { Passkey } from '../account/queries.ts'
import { sayDayOf } from '../moments.ts'

/** One's passkeys, with a way to add another where the browser can. */
export const Passkeys = (the: { passkeys: readonly Passkey[]; visit: Visit; problems: Problems | undefined }) => {
  const { passkeys, visit, problems } = the
  const { frame, typed } = visit
  return (
    <Section title="Passkeys" id="passkeys">
      <p>
        With a passkey you sign in by unlocking your phone or computer, as you always do. It needs no email, and cannot
        be guessed or given away.
      </p>
      {passkeys.length > 0 && (
        <ul>
          {passkeys.map(({ id, name, since, used }) => (
            <li>
              <Link href={`/account/passkeys/${id}`}>{name ?? 'Passkey'}</Link>, added {sayDayOf(since)}
              {used ? `, last used ${sayDayOf(used)}` : ', not used yet'}
            </li>
          ))}
        </ul>
      )}
      <div hidden data-passkey="add" data-csrf={frame.csrf}>
        <Form action="/account/passkeys" csrf={frame.csrf} id="passkey-add" label="Add a passkey">
          <input type="hidden" name="answer" />
          <TextField
            name="name"
            label="A name for the new passkey"
            hint="So that you know it again, such as My phone."
            maxlength={60}
            width="middle"
            {...{ typed, problems }}
          />
          <Button kind="second">Add a passkey</Button>
          <output class="quiet" />
        </Form>
      </div>
      <noscript>
        <p class="quiet">Adding a passkey needs JavaScript, which is off in your browser.</p>
      </noscript>
    </Section>
  )
}

/** The way in by passkey, shown by the island where the browser can. */
export const PasskeySignIn = ({ visit, next }: { visit: Visit; next: string | undefined }) => (
  <div hidden data-passkey="sign-in" data-csrf={visit.frame.csrf}>
    <Form action="/sign-in/passkey" csrf={visit.frame.csrf} id="passkey-sign-in" label="Sign in with a passkey">
      <input type="hidden" name="answer" />
      {next !== undefined && <input type="hidden" name="next" value={next} />}
      <Button kind="second">Sign in with a passkey</Button>
      <output class="quiet" />
    </Form>
  </div>
)

/** One passkey: another name for it, or its end. */
export const PasskeyPage = ({ id, name, since, used }: Passkey, { frame, typed }: Visit, problems?: Problems) => (
  <Page
    frame={frame}
    title={name ?? 'Passkey'}
    crumbs={[{ href: '/account#passkeys', label: 'Your account' }]}
    problems={problems}
  >
    <Stack gap="wide">
      <Stack>
        <h1>{name ?? 'Passkey'}</h1>
        <p>
          Added {sayDayOf(since)}
          {used ? `, last used ${sayDayOf(used)}.` : ', not used yet.'}
        </p>
        <Form action={`/account/passkeys/${id}`} csrf={frame.csrf} label="Name">
          <TextField name="name" label="Name" value={name} maxlength={60} {...{ typed, problems }} />
          <Button>Keep this name</Button>
        </Form>
      </Stack>
      <Section title="Remove this passkey">
        <p>It no longer signs you in. You can still sign in by email.</p>
        <Row>
          <Form action={`/account/passkeys/${id}/removal`} csrf={frame.csrf} label="Remove">
            <Button kind="grave">Remove this passkey</Button>
          </Form>
        </Row>
      </Section>
    </Stack>
  </Page>
)

/** The island that makes and shows passkeys, where it was built. */
export const passkeyIsland = ({ frame }: Visit): string[] => (frame.assets.islands['passkey'] ? ['passkey'] : [])
