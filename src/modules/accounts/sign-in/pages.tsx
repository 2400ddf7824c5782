/** What one sees on the way in. */
import type { Problems } from '#core/refusal'
import { Button, Card, Form, Link, Notice, Page, PlainList, Row, Section, Stack, TextField } from '#design'
import type { Visit } from '#platform/web'
import { passkeyIsland, PasskeySignIn } from '../passkeys/pages.tsx'

export interface SignInData {
  next: string | undefined
  /** The made-up people one can be in the demonstration; none anywhere else. */
  madeUp: readonly MadeUp[]
}
export interface MadeUp {
  person: string
  label: string
  who: string
}

const Next = ({ next }: { next: string | undefined }) =>
  next === undefined ? null : <input type="hidden" name="next" value={next} />

/** Asks for an address to send a link to; in the demonstration also offers people to be. */
export const SignInPage = ({ next, madeUp }: SignInData, visit: Visit, problems?: Problems) => (
  <Page frame={visit.frame} title="Sign in" problems={problems} islands={passkeyIsland(visit)}>
    <Stack gap="wide">
      <Stack>
        <h1>Sign in</h1>
        {visit.frame.me && (
          <Notice title={`You are signed in as ${visit.frame.me.name}`}>
            <p>
              <Link href={next ?? visit.frame.me.href}>Go on as {visit.frame.me.name}</Link>, or sign in as someone else
              below.
            </p>
          </Notice>
        )}
        <p class="lede">You need no password. We send a link to your email address, and the link signs you in.</p>
        <Form action="/sign-in" csrf={visit.frame.csrf}>
          <Next next={next} />
          <TextField
            name="email"
            label="Your email address"
            hint="The address your organisation has for you as a member."
            type="email"
            autocomplete="email"
            inputmode="email"
            autocapitalize="none"
            spellcheck={false}
            {...{ typed: visit.typed, problems }}
          />
          <Button>Send me a link</Button>
        </Form>
        <PasskeySignIn {...{ visit, next }} />
      </Stack>
      {madeUp.length > 0 && <MadeUpPeople {...{ next, madeUp, csrf: visit.frame.csrf }} />}
    </Stack>
  </Page>
)

const MadeUpPeople = ({ next, madeUp, csrf }: SignInData & { csrf: string }) => (
  <Section title="Or be someone in the demonstration" id="people">
    <p>
      These people are made up. Choose one to see what they see. Letters that would be sent to them are in the{' '}
      <Link href="/outbox">outbox</Link>.
    </p>
    <Form action="/sign-in/demonstration" csrf={csrf} label="People of the demonstration">
      <Next next={next} />
      <PlainList
        gap="close"
        items={madeUp.map(({ person, label, who }) => (
          <Row>
            <Button kind="second" name="person" value={person}>
              {label}
            </Button>
            <span class="quiet">{who}</span>
          </Row>
        ))}
      />
    </Form>
  </Section>
)

/** Says that a letter is on its way, if the address is known: the same for every address. */
export const SentPage = ({ outbox }: { outbox: boolean }, { frame }: Visit) => (
  <Page frame={frame} title="Look in your email" crumbs={[{ href: '/sign-in', label: 'Sign in' }]}>
    <Stack gap="roomy">
      <h1>Look in your email</h1>
      <p class="lede">If we know the address you entered, a letter with a link is on its way to it.</p>
      {outbox && (
        <Card kind="next" title="This is the demonstration">
          <p>
            It sends no mail. The letter is in the <Link href="/outbox">outbox</Link> in a moment.
          </p>
        </Card>
      )}
      <ul>
        <li>The link works once, within 15 minutes.</li>
        <li>You can open it on this device or on another: you are then signed in there.</li>
        <li>
          If nothing comes within a few minutes, look among unwanted mail, or{' '}
          <Link href="/sign-in">try another address</Link>.
        </li>
        <li>If no address of yours works, ask your organisation which one it has for you.</li>
      </ul>
    </Stack>
  </Page>
)

/** One button that uses the link up: programs that look into letters only ever read this page. */
export const LinkPage = (
  { token, next }: { token: string; next: string | undefined },
  { frame }: Visit,
  problems?: Problems,
) => (
  <Page frame={frame} title="Sign in" crumbs={[{ href: '/sign-in', label: 'Sign in' }]} problems={problems}>
    {problems || token === '' ? (
      <Stack>
        <h1>This link does not work</h1>
        <p class="lede">
          {token === ''
            ? 'The link is not whole. Copy all of it from the letter, or ask for a new one.'
            : 'A link works once, within 15 minutes. A newer letter may have a link that works.'}
        </p>
        <p>
          <Link href={next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in'}>Ask for a new link</Link>
        </p>
      </Stack>
    ) : (
      <Stack>
        <h1>Sign in</h1>
        <p class="lede">Press the button, and you are signed in on this device.</p>
        <Form action="/sign-in/link" csrf={frame.csrf} next>
          <input type="hidden" name="token" value={token} />
          <Next next={next} />
          <Button>Sign in</Button>
        </Form>
        <p class="quiet">
          You stay signed in for up to 30 days, or for 12 hours if you have a role in the programme. On a device that
          others use, sign out when you are done.
        </p>
      </Stack>
    )}
  </Page>
)
