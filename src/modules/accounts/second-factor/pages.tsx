/** Setting up, showing and renewing a second factor. */
import type { Problems } from '#core/refusal'
import { Button, Card, Form, Link, LinkButton, Notice, Page, QrCode, Section, Stack, TextField } from '#design'
import type { Visit } from '#platform/web'

const crumbs = [{ href: '/account', label: 'Your account' }]

const Next = ({ next }: { next: string | undefined }) =>
  next === undefined ? null : <input type="hidden" name="next" value={next} />

const CodeField = ({ hint, problems }: { hint: string; problems: Problems | undefined }) => (
  <TextField
    name="code"
    label="Code"
    hint={hint}
    autocomplete="one-time-code"
    autocapitalize="none"
    spellcheck={false}
    width="middle"
    maxlength={40}
    problems={problems}
  />
)

export interface Gate {
  name: string
  /** Whether they have one to show, or must set one up first. */
  has: boolean
  shown: boolean
  next: string | undefined
}

/** Asks for a code before going on; sends those who have no second factor yet to set one up. */
export const GatePage = ({ name, has, shown, next }: Gate, { frame }: Visit, problems?: Problems) => (
  <Page frame={frame} title="Second factor" problems={problems}>
    <Stack gap="roomy">
      <h1>{has ? 'Enter a code' : 'Set up a second factor first'}</h1>
      {!has && (
        <Card kind="next" title="Your role needs it">
          <p>
            You can see or change what concerns other people, {name}. So that nobody else can do so with your email
            alone, signing in also asks you for a code from an app. It takes two minutes to set up.
          </p>
          <LinkButton href={`/account/second-factor/new${next ? `?next=${encodeURIComponent(next)}` : ''}`}>
            Set it up
          </LinkButton>
        </Card>
      )}
      {has && shown && <Notice tone="go" title="You have shown it in this browser already" />}
      {has && (
        <Form action="/account/second-factor" csrf={frame.csrf} next>
          <Next next={next} />
          <CodeField
            hint="The six figures that your app shows now. If you have lost it, enter one of your recovery codes."
            problems={problems}
          />
          <Button>Go on</Button>
        </Form>
      )}
      <Form action="/sign-out" csrf={frame.csrf} label="Sign out">
        <p class="quiet">You are signing in as {name}.</p>
        <Button kind="second">Sign out</Button>
      </Form>
    </Stack>
  </Page>
)

export interface SettingUp {
  /** The key for the app, once it was made. */
  key: { address: string; text: string } | undefined
  has: boolean
  next: string | undefined
}

/** Setting it up: first what it is, then the key as a picture and as text, with a field for a first code. */
export const SetUpPage = ({ key, has, next }: SettingUp, { frame }: Visit, problems?: Problems) => (
  <Page frame={frame} title="Set up a second factor" crumbs={crumbs} problems={problems}>
    <Stack gap="roomy">
      <h1>Set up a second factor</h1>
      {has ? (
        <p class="lede">
          You have one already. <Link href="/account/second-factor/codes">Turn it off</Link> first to set up another.
        </p>
      ) : key === undefined ? (
        <>
          <p class="lede">
            You need an app that shows codes, on your phone or your computer. Password managers can do it, and so can
            Google Authenticator, Microsoft Authenticator, 2FAS or Aegis.
          </p>
          <Form action="/account/second-factor/new" csrf={frame.csrf}>
            <Next next={next} />
            <Button>I have an app</Button>
          </Form>
        </>
      ) : (
        <>
          <Section title="1. Add this to your app">
            <QrCode text={key.address} label="The key for your app, for its camera. It is below as text too." />
            <p>
              Or open this page on the device with the app and <a href={key.address}>add it there</a>, or type this key:
            </p>
            <p class="code">{key.text}</p>
          </Section>
          <Section title="2. Enter the code that it shows">
            <Form action="/account/second-factor/confirmation" csrf={frame.csrf}>
              <Next next={next} />
              <CodeField hint="Six figures. They change every half minute." problems={problems} />
              <Button>Turn it on</Button>
            </Form>
          </Section>
        </>
      )}
    </Stack>
  </Page>
)

/** The recovery codes, this once. */
export const RecoveryCodesPage = (
  { recoveryCodes, goOn }: { recoveryCodes: readonly string[]; goOn: string },
  { frame }: Visit,
) => (
  <Page frame={frame} title="Keep these recovery codes" crumbs={crumbs}>
    <Stack gap="roomy">
      <Stack>
        <h1>Keep these recovery codes</h1>
        <p class="lede">
          If you lose your app, one of these signs you in instead. Each works once. They are shown now, and never again.
        </p>
      </Stack>
      <ul>
        {recoveryCodes.map((code) => (
          <li>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p>Print this page, write them down, or keep them where you keep passwords. Do not keep them with your phone.</p>
      <LinkButton href={goOn}>I have kept them</LinkButton>
    </Stack>
  </Page>
)

/** New recovery codes, or the end of it: both against a code. */
export const CodesPage = ({ left }: { left: number }, { frame }: Visit, problems?: Problems) => (
  <Page frame={frame} title="Your second factor" crumbs={crumbs} problems={problems}>
    <Stack gap="roomy">
      <h1>Your second factor</h1>
      <p class="lede">{sayLeft(left)}</p>
      <Form action="/account/second-factor/codes" csrf={frame.csrf}>
        <CodeField hint="The six figures that your app shows now, or a recovery code." problems={problems} />
        <Button>Make ten new recovery codes</Button>
        <Button kind="grave" formaction="/account/second-factor/removal">
          Turn the second factor off
        </Button>
      </Form>
    </Stack>
  </Page>
)

const sayLeft = (left: number): string =>
  left === 0
    ? 'You have used up all your recovery codes. Make new ones.'
    : left === 1
      ? 'You have one recovery code left.'
      : `You have ${left} recovery codes left.`
