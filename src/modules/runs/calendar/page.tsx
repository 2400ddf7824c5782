/** The page with a person's secret calendar addresses, and how to put one on a phone. */
import type { Problems } from '#core/refusal'
import { Button, Form, Link, LinkButton, Notice, Page, Row, Section, Sides, Stack } from '#design'
import type { Visit } from '#platform/web'
import type { CalendarAddress } from './keys.ts'

export const CalendarPage = (addresses: CalendarAddress[], { frame }: Visit, problems?: Problems) => (
  <Page
    frame={frame}
    title="Your training in your calendar"
    current="/me"
    crumbs={[{ href: '/me', label: 'My training' }]}
    problems={problems}
  >
    <Sides>
      <Stack gap="wide">
        <Stack>
          <h1>Your training in your calendar</h1>
          <p class="lede">
            Add an address below to the calendar on your phone or computer. What changes here then changes there, within
            some hours.
          </p>
          <Notice title="Keep these addresses to yourself">
            <p>
              Whoever has one can read that calendar. If somebody else may have seen it, renew it: the old address then
              shows nothing.
            </p>
          </Notice>
        </Stack>
        {addresses.map((address) => (
          <Address {...address} csrf={frame.csrf} />
        ))}
      </Stack>
      <HowTo />
    </Sides>
  </Page>
)

const titles = { member: 'My places', trainer: 'Runs I lead', academy: 'All runs of' }

const abouts = {
  member: 'Every session of the runs in which you have a place, or are offered one.',
  trainer: 'Every session of the runs that you lead.',
  academy: 'Every session that the academy gives. It names no one, so you may share it with colleagues.',
}

function Address({ kind, academy, url, csrf }: CalendarAddress & { csrf: string }) {
  const title = academy ? `${titles.academy} ${academy.name}` : titles[kind]
  return (
    <Section title={title} gap="close">
      <p>{abouts[kind]}</p>
      {url && (
        <p>
          <code>{url}</code>
        </p>
      )}
      <Form action="/me/calendar" csrf={csrf} label={title}>
        <input type="hidden" name="kind" value={kind} />
        {academy && <input type="hidden" name="academy" value={academy.id} />}
        <Row>
          {url && <LinkButton href={url.replace(/^https?:/, 'webcal:')}>Add it on this device</LinkButton>}
          <Button kind={url ? 'second' : 'first'} about={`for ${title}`}>
            {url ? 'Renew the address' : 'Make an address'}
          </Button>
        </Row>
      </Form>
    </Section>
  )
}

const HowTo = () => (
  <Section title="How to add it">
    <Section3 title="On an iPhone or iPad">
      Open this page there and choose “Add it on this device”. Or open Settings, then Apps, Calendar, Calendar Accounts,
      Add Account, Other, Add Subscribed Calendar, and paste the address.
    </Section3>
    <Section3 title="On an Android phone, with Google Calendar">
      Google takes addresses only on a computer. Open{' '}
      <Link href="https://calendar.google.com/calendar/r/settings/addbyurl">Google Calendar’s settings</Link> there,
      paste the address under “From URL”, and it appears on your phone as well.
    </Section3>
    <Section3 title="In Outlook">
      Open the calendar, choose “Add calendar”, then “Subscribe from web”, and paste the address.
    </Section3>
  </Section>
)

const Section3 = ({ title, children }: { title: string; children: preact.ComponentChildren }) => (
  <Stack gap="tight">
    <h3>{title}</h3>
    <p>{children}</p>
  </Stack>
)
