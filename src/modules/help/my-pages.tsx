/** A member's pages: asking for help with a place or an application, and what became of what they asked for. */
import { dayOf, sayDate, sayDay } from '#core/days'
import type { Problems } from '#core/refusal'
import {
  Button,
  Choices,
  Empty,
  Facts,
  Form,
  Link,
  LinkButton,
  Notice,
  Page,
  PlainList,
  Row,
  Section,
  Stack,
  Tag,
  TextArea,
  TextField,
} from '#design'
import type { Visit } from '#platform/web'
import { applicationFor, type For, placeFor } from './for.ts'
import { kindHints, kindNames, type Rule } from './kinds.ts'
import type { MyHelp, MyRequest } from './mine.ts'
import { rulesOf, sayRule } from './rule.ts'
import { sayMine, sayWhat } from './say.ts'

const me = { href: '/me', label: 'My training' }
const mine = { href: '/me/help', label: 'Help to take part' }

export interface Asking {
  what: For
  rules: Rule[]
  /** Whether it is asked with an application, so that it waits for the draw. */
  ofApplication: boolean
}

export const loadForPlace = async (visit: Visit, { id }: { id: string }): Promise<Asking | undefined> =>
  isId(id) ? asking(visit, await placeFor(visit, id), false) : undefined
export const loadForApplication = async (visit: Visit, { id }: { id: string }): Promise<Asking | undefined> =>
  isId(id) ? asking(visit, await applicationFor(visit, id), true) : undefined

const asking = async ({ db }: Visit, what: For | undefined, ofApplication: boolean): Promise<Asking | undefined> =>
  what && { what, rules: await rulesOf(db, what.academy.id), ofApplication }

const isId = (text: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)

export const AskPage = ({ what, rules, ofApplication }: Asking, visit: Visit, problems?: Problems) => (
  <Page frame={visit.frame} title="Ask for help to take part" current="/me" crumbs={[me, mine]} problems={problems}>
    <Stack gap="roomy">
      <Stack gap="close">
        <h1>Ask for help to take part</h1>
        <p class="lede">
          {what.title}
          {what.startsOn && `, from ${sayDay(what.startsOn)}`}, {what.academy.name}
        </p>
      </Stack>
      {rules.length === 0 ? (
        <Empty title={`${what.academy.name} has not said yet what it helps with`}>
          <p>
            Write to them and ask: <Link href={`/academies/${what.academy.slug}`}>how to reach them</Link>
          </p>
        </Empty>
      ) : (
        <>
          <Notice title="Who sees this">
            <p>
              Only you, until you have a place. Then also the people at the academy who decide. Trainers never see it,
              {ofApplication
                ? ' and it has no part in the draw.'
                : ' and it changes nothing about whether you get a place.'}
            </p>
          </Notice>
          <Form action={`/${ofApplication ? 'applications' : 'places'}/${what.id}/help`} csrf={visit.frame.csrf}>
            <Choices
              kind="radio"
              name="kind"
              label="What would help"
              options={rules.map(({ kind, says, ...rule }) => ({
                value: kind,
                label: kindNames[kind],
                hint: [says || kindHints[kind], `${sayRule(rule)}.`].join(' '),
              }))}
              typed={visit.typed}
              problems={problems}
            />
            <TextField
              name="amount"
              label="How much it costs"
              hint="Leave it empty if you do not know: then it counts as the most that can be given. Leave it empty too if it costs nothing."
              prefix="£"
              width="short"
              inputmode="decimal"
              autocomplete="off"
              optional
              typed={visit.typed}
              problems={problems}
            />
            <TextArea
              name="says"
              label="What it is for"
              hint="A sentence is enough. You need not say why you cannot pay for it."
              optional
              rows={3}
              maxlength={500}
              typed={visit.typed}
              problems={problems}
            />
            <Row>
              <Button>Ask</Button>
              <Link href="/help">How it is decided</Link>
            </Row>
          </Form>
          {ofApplication && (
            <p class="quiet">
              These are the rules of {what.academy.name}, whose run you put first. If you get a place at another
              academy, its own rules hold.
            </p>
          )}
        </>
      )}
    </Stack>
  </Page>
)

export const MyHelpPage = ({ requests, places, applications }: MyHelp, visit: Visit, problems?: Problems) => {
  const now = requests.filter((one) => !over.has(one.state))
  const before = requests.filter((one) => over.has(one.state))
  return (
    <Page frame={visit.frame} title="Help to take part" current="/me" crumbs={[me]} problems={problems}>
      <Stack gap="wide">
        <Stack>
          <h1>Help to take part</h1>
          <p>
            Money, childcare, travel, an interpreter or a quiet room: nobody should have to stay away for want of it.
            Trainers never see what you ask for. <Link href="/help">What each academy helps with</Link>
          </p>
        </Stack>
        {now.map((request) => (
          <OneRequest request={request} visit={visit} />
        ))}
        {places.length + applications.length > 0 ? (
          <Section title="Ask for help with" gap="close">
            <PlainList
              gap="close"
              items={[
                ...applications.map(({ id, title }) => (
                  <Link href={`/applications/${id}/help`}>My application in the {title}</Link>
                )),
                ...places.map(({ id, title, startsOn }) => (
                  <Link href={`/places/${id}/help`}>
                    {title}
                    {startsOn && `, from ${sayDay(startsOn)}`}
                  </Link>
                )),
              ]}
            />
          </Section>
        ) : (
          now.length === 0 && (
            <Empty title="You can ask once you have a place or a turn">
              <p>Ask for a place first. Whether you need help has no part in who gets one.</p>
              <p>
                <LinkButton href="/courses">Find training</LinkButton>
              </p>
            </Empty>
          )
        )}
        {before.length > 0 && (
          <Section title="Before">
            {before.map((request) => (
              <OneRequest request={request} visit={visit} level={3} />
            ))}
          </Section>
        )}
      </Stack>
    </Page>
  )
}

const over = new Set(['refused', 'withdrawn', 'ended', 'receipted'])

const OneRequest = ({ request, visit, level = 2 }: { request: MyRequest; visit: Visit; level?: 2 | 3 }) => {
  const { tone, words } = sayMine(request)
  const Heading = level === 2 ? 'h2' : 'h3'
  const mayTakeBack = ['asked', 'half decided', 'awarded'].includes(request.state)
  return (
    <section class="stack close">
      <Row>
        <Heading>{sayWhat(request)}</Heading>
        <Tag tone={tone}>{words}</Tag>
      </Row>
      <Facts
        items={[
          ['For', [request.title, request.startsOn && `from ${sayDay(request.startsOn)}`].filter(Boolean).join(', ')],
          ['What you wrote', request.says],
          ['Asked', `${sayDate(dayOf(request.askedAt))}, at ${request.academy}`],
          ['Decided', request.decidedAt && sayDate(dayOf(request.decidedAt))],
          ['Why', request.state === 'ended' || request.state === 'withdrawn' ? '' : request.why],
          [request.awarded === 0 ? 'Arranged' : 'Paid', request.paidAt && sayPaid(request)],
          ['You said it came', request.receiptedAt && sayDate(dayOf(request.receiptedAt))],
        ]}
      />
      {request.state === 'paid' && (
        <Form action={`/help/${request.id}/receipt`} csrf={visit.frame.csrf}>
          <Row>
            <Button about={`, ${sayWhat(request)}`}>It has reached me</Button>
          </Row>
        </Form>
      )}
      {mayTakeBack && (
        <Form action={`/help/${request.id}/withdrawal`} csrf={visit.frame.csrf}>
          <Row>
            <Button kind="second" about={`, ${sayWhat(request)}`}>
              Take it back
            </Button>
          </Row>
        </Form>
      )}
    </section>
  )
}

const sayPaid = ({ paidAt, reference }: MyRequest): string =>
  [sayDate(dayOf(paidAt!)), reference].filter(Boolean).join(': ')
