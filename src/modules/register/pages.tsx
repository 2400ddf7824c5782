/** The register of a session, and its sheet for paper. */
import { type Day, dayOf, sayDate, sayShortDay, sayTime, sayWhen } from '#core/days'
import type { Problems } from '#core/refusal'
import {
  Button,
  Choices,
  Empty,
  Form,
  Link,
  MarkRow,
  Marks,
  Notice,
  Page,
  Row,
  Section,
  Stack,
  Table,
  TextField,
} from '#design'
import type { Visit } from '#platform/web'
import { notYet } from './keep.ts'
import { type Mark, markNames, marks } from './mark.ts'
import {
  type Correction,
  correctionsOf,
  findSession,
  type RegisterRow,
  type RegisterSession,
  rowsOf,
} from './session.ts'

export interface Register {
  session: RegisterSession
  rows: RegisterRow[]
  corrections: Correction[]
}

/** A register with its people and corrections, in three queries. */
export async function loadRegister(visit: Visit, { id }: { id: string }): Promise<Register | undefined> {
  const session = await findSession(visit, id)
  if (!session) return undefined
  const rows = await rowsOf(visit.db, session)
  return { session, rows, corrections: await correctionsOf(visit.db, id) }
}

export const RegisterPage = ({ session, rows, corrections }: Register, visit: Visit, problems?: Problems) => {
  const closed = notYet(session, visit.today)
  return (
    <Page
      frame={visit.frame}
      title={`Register: ${session.course}`}
      current="/teaching"
      crumbs={crumbsOf(session, visit.today)}
      problems={problems}
    >
      <Stack gap="wide">
        <Stack gap="close">
          <h1>Register</h1>
          <Lede session={session} today={visit.today} />
          <Row>
            <Link href={`/sessions/${session.id}/sheet`}>A sheet to print</Link>
            <Link href={`/runs/${session.run}/people`}>Who has a place</Link>
          </Row>
        </Stack>
        {closed ? (
          <Notice tone="wait" title={closed} />
        ) : (
          <>
            <Marking session={session} rows={rows} visit={visit} problems={problems} />
            <TurnedUp session={session} visit={visit} problems={problems} />
          </>
        )}
        {corrections.length > 0 && <Corrections corrections={corrections} />}
      </Stack>
    </Page>
  )
}

const crumbsOf = ({ run, course, startsAt }: RegisterSession, today: Day) => [
  { href: '/teaching', label: 'Teaching' },
  { href: `/runs/${run}`, label: `${course}, ${sayShortDay(dayOf(startsAt), today)}` },
]

const Lede = ({ session, today }: { session: RegisterSession; today: Day }) => (
  <p class="lede">
    {session.course}, session {session.number} of {session.of}
    {session.title && `: ${session.title}`}. {sayWhen(session.startsAt, session.endsAt, today)}, {session.where}.
  </p>
)

function Marking({ session, rows, visit, problems }: Pick<Register, 'session' | 'rows'> & Shown) {
  const { frame, typed } = visit
  if (rows.length === 0)
    return (
      <Empty title="Nobody has a place on this run">
        <p>Add whoever turned up below.</p>
      </Empty>
    )
  const unmarked = rows.filter(({ mark }) => mark === null).length
  return (
    <Form action={`/sessions/${session.id}/register`} csrf={frame.csrf} label="Register">
      {session.doneAt ? (
        <Notice tone="go" title={`Closed by ${session.doneBy ?? 'a trainer'} on ${sayDate(dayOf(session.doneAt))}`}>
          <p>You can still correct it. Say why, and the change is kept with your name.</p>
        </Notice>
      ) : (
        unmarked > 0 && (
          <p>
            <Button kind="second" name="do" value="everyone">
              {unmarked === rows.length ? 'Everyone was present' : 'Everyone else was present'}
            </Button>
          </p>
        )
      )}
      <Marks>
        {rows.map(({ person, name, mark, place }) => (
          <MarkRow
            name={`mark.${person}`}
            label={name}
            note={place ? undefined : 'Came without a place'}
            options={marks.map((value) => ({ value, label: markNames[value] }))}
            chosen={(typed[`mark.${person}`] as Mark | undefined) ?? mark}
            was={mark ?? ''}
            wasName={`was.${person}`}
          />
        ))}
      </Marks>
      {session.doneAt && (
        <TextField
          name="why"
          label="Why you correct it"
          hint="Such as: came in after the break"
          maxlength={300}
          {...{ typed, problems }}
        />
      )}
      <Row>
        {session.doneAt ? (
          <Button>Save the correction</Button>
        ) : (
          <>
            <Button name="do" value="close">
              Save and close the register
            </Button>
            <Button kind="second" name="do" value="save">
              Save for now
            </Button>
          </>
        )}
      </Row>
    </Form>
  )
}

interface Shown {
  visit: Visit
  problems?: Problems | undefined
}

const TurnedUp = ({ session, visit: { frame, typed }, problems }: Pick<Register, 'session'> & Shown) => {
  const free = session.capacity - session.taken
  return (
    <Section title="Someone else turned up">
      <p>
        {free > 0
          ? `${free === 1 ? 'One seat is' : `${free} seats are`} free, so they get a place.`
          : 'Every seat is taken. That they came is noted all the same.'}
      </p>
      <Form action={`/sessions/${session.id}/turned-up`} csrf={frame.csrf} label="Someone else turned up">
        <TextField
          name="number"
          label="Membership number"
          width="middle"
          autocomplete="off"
          optional
          {...{ typed, problems }}
        />
        <p>Without a number:</p>
        <TextField name="name" label="Name" autocomplete="off" optional {...{ typed, problems }} />
        <TextField
          name="email"
          label="Email address"
          type="email"
          autocomplete="off"
          optional
          {...{ typed, problems }}
        />
        <Choices
          kind="radio"
          name="mark"
          label="They were"
          across
          options={[
            { value: 'present', label: 'Present' },
            { value: 'late', label: 'Late' },
          ]}
          chosen="present"
          typed={typed}
          problems={problems}
        />
        <Button kind="second">Add them</Button>
      </Form>
    </Section>
  )
}

const Corrections = ({ corrections }: { corrections: Correction[] }) => (
  <Section title="Changed marks">
    <Table<Correction>
      caption="Marks that were changed, the latest first"
      quietCaption
      dense
      columns={[
        { key: 'name', label: 'Name' },
        { key: 'was', label: 'Was', cell: ({ was }) => markNames[was] },
        { key: 'now', label: 'Now', cell: ({ now }) => markNames[now] },
        { key: 'why', label: 'Why' },
        { key: 'by', label: 'By', cell: ({ by, at }) => `${by}, ${sayShortDay(dayOf(at))}, ${sayTime(at)}` },
      ]}
      rows={corrections}
    />
  </Section>
)

const spare = 6

export async function loadSheet(
  visit: Visit,
  { id }: { id: string },
): Promise<Omit<Register, 'corrections'> | undefined> {
  const session = await findSession(visit, id)
  return session && { session, rows: await rowsOf(visit.db, session) }
}

/** The register as a sheet: a line for each person, boxes to tick, and some empty lines. */
export const SheetPage = ({ session, rows }: Omit<Register, 'corrections'>, visit: Visit) => (
  <Page
    frame={visit.frame}
    title={`Sheet: ${session.course}`}
    current="/teaching"
    crumbs={crumbsOf(session, visit.today)}
  >
    <Stack>
      <h1>Sheet for the register</h1>
      <Lede session={session} today={visit.today} />
      <p>
        {session.academy}. Print this page, let people tick their line, and copy it into{' '}
        <Link href={`/sessions/${session.id}/register`}>the register</Link>.
      </p>
      <Table
        caption="Who came"
        quietCaption
        columns={[
          {
            key: 'name',
            label: 'Name',
            cell: ({ name }: { name: string }) => name || <span class="unseen">Someone else</span>,
          },
          ...marks.map((mark) => ({ key: mark, label: markNames[mark], cell: () => '☐' })),
        ]}
        rows={[...rows, ...Array.from({ length: spare }, () => ({ name: '' }))]}
      />
    </Stack>
  </Page>
)
