/** One's own account: how one signs in, and where one is signed in now. */
import type { Problems } from '#core/refusal'
import { Button, Facts, Form, Link, LinkButton, Notice, Page, Section, Stack, Table, Tag } from '#design'
import type { Visit } from '#platform/web'
import { sayMoment } from '../moments.ts'
import { sayDevice } from './device.ts'
import type { Account, Session } from './queries.ts'
import { passkeyIsland, Passkeys } from '../passkeys/pages.tsx'

/** The account, with what can be changed about it. */
export const AccountPage = (account: Account, visit: Visit, problems?: Problems) => {
  const { frame } = visit
  const { email, wanted, secondFactor, staff, keys } = account
  return (
    <Page frame={frame} title="Your account" problems={problems} islands={passkeyIsland(visit)}>
      <Stack gap="wide">
        <Stack>
          <h1>Your account</h1>
          <p class="lede">How you sign in, and where you are signed in now.</p>
          <Form action="/sign-out" csrf={frame.csrf} label="Sign out">
            <Button kind="second">Sign out</Button>
          </Form>
        </Stack>
        <Section title="Your email address" id="email">
          <Facts items={[['Address', email ?? 'We have none for you']]} />
          {wanted && (
            <Notice tone="wait" title={`${wanted.address} is not confirmed yet`}>
              <p>Open the link in the letter that we sent to it, by {sayMoment(wanted.until)}.</p>
              <Form action="/account/email/withdrawal" csrf={frame.csrf} label="Keep the address as it is">
                <Button kind="second">Keep the address as it is</Button>
              </Form>
            </Notice>
          )}
          <p>
            <Link href="/account/email">Change your email address</Link>
          </p>
        </Section>
        <Sessions {...{ account, visit }} />
        <Passkeys {...{ passkeys: account.passkeys, visit, problems }} />
        <Section title="Second factor" id="second-factor">
          {secondFactor ? (
            <p>
              <Tag tone="go">On</Tag> Signing in also asks for a code from an app.{' '}
              <Link href="/account/second-factor/codes">New recovery codes, or turn it off</Link>
            </p>
          ) : (
            <>
              <p>
                With a second factor, signing in also asks for a code from an app on your phone.{' '}
                {staff ? 'Your role in the programme needs it.' : 'You need none, but you can have one.'}
              </p>
              <LinkButton kind={staff ? 'first' : 'second'} href="/account/second-factor/new">
                Set up a second factor
              </LinkButton>
            </>
          )}
        </Section>
        <Section title="Keys for programs" id="keys">
          <p>
            A program of yours can act for you with a key.{' '}
            {keys === 0 ? 'You have none.' : keys === 1 ? 'You have one.' : `You have ${keys}.`}{' '}
            <Link href="/account/keys">{keys === 0 ? 'Make a key' : 'See your keys'}</Link>
          </p>
        </Section>
      </Stack>
    </Page>
  )
}

const Sessions = ({ account, visit }: { account: Account; visit: Visit }) => (
  <Section title="Where you are signed in" id="sessions">
    <Table
      caption="Browsers you are signed in with"
      quietCaption
      columns={[
        {
          key: 'agent',
          label: 'Browser',
          cell: ({ agent, here, since }: Session) => (
            <>
              {sayDevice(agent)} {here && <Tag tone="go">This one</Tag>}
              <br />
              <small>Since {sayMoment(since)}</small>
            </>
          ),
        },
        {
          key: 'id',
          label: 'Sign out',
          cell: ({ id, agent, since, here }: Session) =>
            here ? null : (
              <Form action={`/account/sessions/${id}/ending`} csrf={visit.frame.csrf}>
                <Button kind="second" about={`of ${sayDevice(agent)}, signed in ${sayMoment(since)}`}>
                  Sign out
                </Button>
              </Form>
            ),
        },
      ]}
      rows={account.sessions}
      empty={<p>You are signed in with no browser.</p>}
    />
    {account.sessions.some((session) => !session.here) && (
      <Form action="/account/sessions/ending" csrf={visit.frame.csrf} label="Sign out everywhere else">
        <Button kind="grave">Sign out everywhere else</Button>
      </Form>
    )}
  </Section>
)
