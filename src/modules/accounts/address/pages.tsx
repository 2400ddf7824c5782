/** Changing one's email address. */
import type { Problems } from '#core/refusal'
import { Button, Form, Link, Page, Stack, TextField } from '#design'
import type { Visit } from '#platform/web'

const crumbs = [{ href: '/account', label: 'Your account' }]

/** Asks for the new address. */
export const AddressPage = ({ email }: { email: string | null }, { frame, typed }: Visit, problems?: Problems) => (
  <Page frame={frame} title="Change your email address" crumbs={crumbs} problems={problems}>
    <Stack>
      <h1>Change your email address</h1>
      <p class="lede">{email ? `It is ${email} now.` : 'We have no address for you now.'}</p>
      <p>
        We send a letter to the new address, with a link to confirm it. Your address changes when you do.
        {email && ' We also tell you at the old address.'}
      </p>
      <Form action="/account/email" csrf={frame.csrf}>
        <TextField
          name="email"
          label="Your new email address"
          type="email"
          autocomplete="email"
          inputmode="email"
          autocapitalize="none"
          spellcheck={false}
          {...{ typed, problems }}
        />
        <Button>Send a letter to confirm it</Button>
      </Form>
    </Stack>
  </Page>
)

/** One button that confirms the change, so that a program which looks into letters confirms nothing. */
export const ConfirmationPage = ({ token }: { token: string }, { frame }: Visit, problems?: Problems) => (
  <Page frame={frame} title="Confirm your email address" crumbs={crumbs} problems={problems}>
    <Stack>
      <h1>Confirm your email address</h1>
      {problems || token === '' ? (
        <p>
          <Link href="/account/email">Ask for the change again</Link>
        </p>
      ) : (
        <>
          <p class="lede">Press the button, and this address becomes yours here.</p>
          <Form action="/account/email/confirmation" csrf={frame.csrf} next>
            <input type="hidden" name="token" value={token} />
            <Button>Confirm this address</Button>
          </Form>
        </>
      )}
    </Stack>
  </Page>
)

/** Says that it is done, to whoever opened the letter, signed in or not. */
export const ConfirmedPage = (_: unknown, { frame }: Visit) => (
  <Page frame={frame} title="Your email address has changed" crumbs={crumbs}>
    <Stack>
      <h1>Your email address has changed</h1>
      <p class="lede">We write to you there from now on, and you sign in with it.</p>
      <p>
        <Link href="/account">Go to your account</Link>
      </p>
    </Stack>
  </Page>
)
