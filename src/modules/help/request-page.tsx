/** One request, for those who decide: what is asked, what a first person said, and what one can do. */
import { dayOf, sayDate, sayDay } from '#core/days'
import { sayMoney } from '#core/money'
import type { Problems } from '#core/refusal'
import {
  Button,
  Choices,
  Form,
  Link,
  Notice,
  Page,
  Row,
  Section,
  Stack,
  SummaryList,
  TextArea,
  TextField,
} from '#design'
import type { Visit } from '#platform/web'
import { kindNames } from './kinds.ts'
import { sayState, sayWhat } from './say.ts'
import { type Request, requestOf } from './staff.ts'

export interface RequestShown {
  request: Request
  /** What the pot for this run has left; null where there is none. */
  left: number | null
}

export const loadRequest = async (visit: Visit, { id }: { id: string }): Promise<RequestShown | undefined> =>
  /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id) ? requestOf(visit, id) : undefined

export const RequestPage = ({ request, left }: RequestShown, visit: Visit, problems?: Problems) => {
  const { academy } = request
  const title = `${kindNames[request.kind]} for ${request.name}`
  return (
    <Page
      frame={visit.frame}
      title={title}
      current="/coordinating"
      crumbs={[
        { href: '/coordinating', label: 'Coordinating' },
        { href: `/academies/${academy.slug}/help`, label: `Help: ${academy.name}` },
      ]}
      problems={problems}
    >
      <Stack gap="roomy">
        <h1>{title}</h1>
        <SummaryList
          items={[
            { label: 'State', value: sayState(request) },
            { label: 'Asked for', value: `${sayWhat(request)}, on ${sayDate(dayOf(request.askedAt))}` },
            { label: 'What they wrote', value: request.says },
            { label: 'Run', value: `${request.title}, from ${sayDay(request.startsOn)}` },
            ...(request.asked > 0 && ['asked', 'half decided'].includes(request.state)
              ? [{ label: 'The pot', value: left === null ? 'None for this day' : `${sayMoney(left)} left` }]
              : []),
            ...decided(request),
          ]}
        />
        {(request.state === 'asked' || request.state === 'half decided') && (
          <Deciding request={request} visit={visit} problems={problems} />
        )}
        {request.state === 'awarded' && <Paying request={request} visit={visit} problems={problems} />}
      </Stack>
    </Page>
  )
}

function decided({
  first,
  state,
  awarded,
  decidedAt,
  decidedBy,
  why,
  paidAt,
  paidBy,
  reference,
  receiptedAt,
  receiptNote,
}: Request) {
  const items: { label: string; value: string }[] = []
  if (decidedAt) {
    const who = decidedBy && first ? `${first.name} and ${decidedBy}` : 'The published rule'
    const what = state === 'refused' ? 'no' : awarded === 0 ? 'yes' : sayMoney(awarded)
    items.push({ label: 'Decided', value: `${who}: ${what}, on ${sayDate(dayOf(decidedAt))}` })
    if (decidedBy && why) items.push({ label: 'Why', value: why })
  }
  if (paidAt)
    items.push({
      label: awarded === 0 ? 'Arranged' : 'Paid',
      value: `${reference}, by ${paidBy}, ${sayDate(dayOf(paidAt))}`,
    })
  if (receiptedAt)
    items.push({
      label: 'They said it came',
      value: [sayDate(dayOf(receiptedAt)), receiptNote].filter(Boolean).join(': '),
    })
  return items
}

interface Part {
  request: Request
  visit: Visit
  problems: Problems | undefined
}

const Deciding = ({ request, visit, problems }: Part) => {
  const { first } = request
  const mine = first?.by === visit.actor.id
  return (
    <Section title={first && !mine ? 'Do you say the same?' : 'What do you say?'}>
      {first && (
        <Notice
          tone="wait"
          title={mine ? 'A second person has still to say the same' : `${first.name} would ${sayWord(first)}`}
        >
          <p>
            {mine
              ? `You would ${sayWord(first)}.`
              : 'If you say the same, it is decided. If not, your word stands until somebody agrees with it.'}
            {first.why && ` Their reason: ${first.why}`}
          </p>
        </Notice>
      )}
      <Form action={`/help/${request.id}/decision`} csrf={visit.frame.csrf}>
        <Choices
          kind="radio"
          name="answer"
          label="Your answer"
          options={[
            { value: 'give', label: 'Yes, give it' },
            { value: 'no', label: 'No' },
          ]}
          chosen={first ? (first.pence === null ? 'no' : 'give') : undefined}
          typed={visit.typed}
          problems={problems}
        />
        {request.asked > 0 && (
          <TextField
            name="amount"
            label="How much"
            hint={`Leave it empty for all of it, ${sayMoney(request.asked)}.`}
            prefix="£"
            width="short"
            inputmode="decimal"
            optional
            value={first?.pence ? sayMoney(first.pence).replaceAll(/[£,]/g, '') : ''}
            typed={visit.typed}
            problems={problems}
          />
        )}
        <TextArea
          name="why"
          label="Why"
          hint={
            first?.why && !mine
              ? 'They read this. If you say the same for the same reason, leave it empty.'
              : 'They read this. It is needed for a no, or for less than they asked.'
          }
          optional
          rows={3}
          maxlength={500}
          typed={visit.typed}
          problems={problems}
        />
        <Row>
          <Button>Say so</Button>
          <Link href={`/academies/${request.academy.slug}/help`}>Go back</Link>
        </Row>
      </Form>
    </Section>
  )
}

const sayWord = ({ pence }: { pence: number | null }): string =>
  pence === null ? 'say no' : pence === 0 ? 'say yes' : `give ${sayMoney(pence)}`

const Paying = ({ request, visit, problems }: Part) => (
  <Section title={request.awarded === 0 ? 'Note what is arranged' : `Note that ${sayMoney(request.awarded)} is paid`}>
    <Form action={`/help/${request.id}/payment`} csrf={visit.frame.csrf}>
      <TextField
        name="reference"
        label={request.awarded === 0 ? 'What is arranged, and with whom' : 'How it was paid'}
        hint={
          request.awarded === 0
            ? 'They read this.'
            : 'The reference of the payment, or who booked what. They read this.'
        }
        maxlength={200}
        typed={visit.typed}
        problems={problems}
      />
      <Row>
        <Button>{request.awarded === 0 ? 'It is arranged' : 'It is paid'}</Button>
        <Link href={`/academies/${request.academy.slug}/help`}>Go back</Link>
      </Row>
    </Form>
  </Section>
)
