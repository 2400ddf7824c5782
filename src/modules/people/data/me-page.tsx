/** What is held about oneself: in words, with why and for how long, who read it, and what one can do about it. */
import { dayOf, sayDay, sayTime } from '#core/days'
import { Choice, Empty, Form, Button, Link, LinkButton, Page, Row, Section, Stack, Table, TextField } from '#design'
import { personOf } from '#platform/actor'
import type { Problems } from '#core/refusal'
import type { Visit } from '#platform/web'
import { countsOf, type Reading } from './held.ts'
import { kinds } from './kinds.ts'
import { whoIAm } from './correct.ts'
import { sayPostcode } from '../../areas/index.ts'

/** The counts of each kind, and who read about the person. */
export const loadMine = (visit: Visit) => countsOf(visit, personOf(visit.actor))

export const MyDataPage = (
  { counts, readings }: { counts: Record<string, number>; readings: readonly Reading[] },
  { frame }: Visit,
) => {
  const held = kinds.filter(({ table }) => (counts[table] ?? 0) > 0)
  const none = kinds.filter(({ table }) => (counts[table] ?? 0) === 0)
  return (
    <Page frame={frame} title="What is held about me" current="/me" crumbs={home}>
      <Stack gap="wide">
        <Stack>
          <h1>What is held about me</h1>
          <p class="lede">Everything that {frame.organisation} holds about you here, why, and who has read it.</p>
          <Row>
            <a class="button" href="/me/data.json" download>
              Download all of it
            </a>
            <LinkButton kind="second" href="/me/data/correction">
              Correct it
            </LinkButton>
          </Row>
          <p class="quiet">The download is one file that other programs can read.</p>
        </Stack>
        <Section title="What there is">
          <Table
            caption="Kinds of data held about you"
            quietCaption
            folds
            columns={[
              {
                key: 'label',
                label: 'What, and why',
                cell: ({ label, purpose }) => (
                  <>
                    {label}
                    <br />
                    <small>{purpose}</small>
                  </>
                ),
              },
              { key: 'count', label: 'How many', number: true, cell: ({ table }) => counts[table] ?? 0 },
              { key: 'keptFor', label: 'Kept' },
            ]}
            rows={held}
          />
          <p>
            Nothing is held of: {none.map(({ label }) => label.charAt(0).toLowerCase() + label.slice(1)).join('; ')}.
          </p>
          <p>
            By which law each kind is held is on <a href="/privacy#kinds">the page about privacy</a>.
          </p>
        </Section>
        <Section title="Who read about me" id="readings">
          <Table
            caption="Who read about you, the latest first"
            quietCaption
            columns={[
              { key: 'at', label: 'When', cell: ({ at }) => <time datetime={at}>{sayMoment(new Date(at))}</time> },
              { key: 'by', label: 'Who' },
              { key: 'what', label: 'What they did' },
            ]}
            rows={readings}
            empty={
              <Empty title="Nobody has">
                <p>When someone looks at your own page or at what would help you, it is noted here.</p>
              </Empty>
            }
          />
        </Section>
        <Section title="Being erased">
          <p>
            You can have what names you taken out of here for good.{' '}
            <Link href="/me/data/erasure">See what would go and what would stay</Link> before you decide.
          </p>
        </Section>
      </Stack>
    </Page>
  )
}

const sayMoment = (at: Date): string => `${sayDay(dayOf(at))} ${dayOf(at).slice(0, 4)}, ${sayTime(at)}`

const home = [{ href: '/me', label: 'My training' }]
const here = [...home, { href: '/me/data', label: 'What is held about me' }]

/** Who the person is, as it stands. */
export const loadMe = (visit: Visit) => whoIAm(visit.db, personOf(visit.actor))

export const CorrectionPage = (
  me: NonNullable<Awaited<ReturnType<typeof loadMe>>>,
  { frame, typed }: Visit,
  problems?: Problems,
) => (
  <Page frame={frame} title="Correct your details" current="/me" crumbs={here} problems={problems}>
    <Stack gap="roomy">
      <Stack>
        <h1>Correct your details</h1>
        <p>
          Your name and home came from the membership roll. What you say here stands until the roll itself says
          something new, so tell whoever keeps the roll too.
        </p>
      </Stack>
      <Form action="/me/data/correction" csrf={frame.csrf}>
        <TextField
          name="name"
          label="Your name"
          value={me.name}
          typed={typed}
          problems={problems}
          autocomplete="name"
          maxlength={200}
          required
        />
        <TextField
          name="home"
          label="Your postcode, or the name of your constituency"
          hint={`Now: ${[me.postcode && sayPostcode(me.postcode), me.area].filter(Boolean).join(', ') || 'not known'}. Leave it empty to keep it.`}
          typed={typed}
          problems={problems}
          autocomplete="postal-code"
          maxlength={120}
          width="middle"
          optional
        />
        <p>
          Your email address is changed on <a href="/account/email">the page of your account</a>, because you confirm it
          from there.
        </p>
        <Button>Save</Button>
      </Form>
    </Stack>
  </Page>
)

export const ErasurePage = (_: object, { frame }: Visit, problems?: Problems) => (
  <Page frame={frame} title="Be erased" current="/me" crumbs={here} problems={problems}>
    <Stack gap="wide">
      <Stack>
        <h1>Be erased</h1>
        <p class="lede">
          What names you here goes for good. This does not end your membership: for that, tell {frame.organisation}.
        </p>
      </Stack>
      <WhatGoes />
      <Form action="/me/data/erasure" csrf={frame.csrf} label="Be erased">
        <Sure problems={problems} label="I am sure. I know that this cannot be undone." />
        <Row>
          <Button kind="grave">Erase me</Button>
          <Link href="/me/data">Keep everything as it is</Link>
        </Row>
      </Form>
    </Stack>
  </Page>
)

/** What erasing someone does to each kind of data, as that person is told. */
export const WhatGoes = () => (
  <>
    {(['goes', 'stays'] as const).map((how) => (
      <Section title={how === 'goes' ? 'What goes' : 'What stays, and why'}>
        <Table
          caption={how === 'goes' ? 'What goes' : 'What stays, and why'}
          quietCaption
          columns={[
            { key: 'label', label: 'What' },
            { key: 'erased', label: how === 'goes' ? 'What happens' : 'Why', cell: ({ erased }) => erased.says },
          ]}
          rows={kinds.filter(({ erased }) => erased.how === how)}
        />
      </Section>
    ))}
  </>
)

/** The box that must be ticked. */
export const Sure = ({ problems, label }: { problems: Problems | undefined; label: string }) => (
  <Choice name="sure" label={label} error={problems?.['sure']} required />
)
