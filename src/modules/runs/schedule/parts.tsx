/** What the pages that plan a run have in common. */
import type { ComponentChildren } from 'preact'
import { type Day, sayWhen } from '#core/days'
import type { Span } from '#core/pattern'
import type { Problems } from '#core/refusal'
import { Choice, type Column, Link, Notice, PlainList, Section, Table, Tag } from '#design'
import type { Clash } from './clash.ts'
import type { Note } from './notes.ts'
import type { Clashes } from './plan.ts'

interface Row extends Span {
  number: number
  title: string
}

/** Every session in words, with those that clash marked. */
export const SessionsTable = ({
  sessions,
  today,
  clashes = [],
}: {
  sessions: readonly Row[]
  today: Day
  clashes?: readonly Clash[]
}) => {
  const columns: Column<Row>[] = [
    { key: 'when', label: 'When', cell: ({ startsAt, endsAt }) => sayWhen(startsAt, endsAt, today) },
    { key: 'title', label: 'What' },
  ]
  if (clashes.length > 0)
    columns.push({
      key: 'clash',
      label: 'Clashes',
      cell: ({ number }) => <ClashTag clashes={clashes.filter(({ session }) => session === number)} />,
    })
  return <Table caption="Sessions" quietCaption columns={columns} rows={sessions} />
}

function ClashTag({ clashes }: { clashes: readonly Clash[] }) {
  if (clashes.length === 0) return null
  return clashes.some(({ grave }) => grave) ? (
    <Tag tone="stop">Booked twice</Tag>
  ) : (
    <Tag tone="wait">Little time to travel</Tag>
  )
}

/** The clashes session by session, each with whom, what and when, and a link to the other run. */
export const ClashList = ({ clashes, sessions }: { clashes: readonly Clash[]; sessions: readonly Row[] }) =>
  clashes.length === 0 ? null : (
    <Section title="Clashes" id="clashes">
      {sessions
        .map((session) => ({ session, own: clashes.filter((clash) => clash.session === session.number) }))
        .filter(({ own }) => own.length > 0)
        .map(({ session, own }) => (
          <Notice
            tone={own.some(({ grave }) => grave) ? 'stop' : 'wait'}
            title={`Session ${session.number}: ${sayWhen(session.startsAt, session.endsAt)}`}
          >
            {own.map(({ words, run }) => (
              <p>
                {words}{' '}
                {run && (
                  <Link href={`/runs/${run.id}`} about={`of ${run.title}`}>
                    See that run
                  </Link>
                )}
              </p>
            ))}
          </Notice>
        ))}
    </Section>
  )

/** What to know of it, the warnings first. */
export const NoteList = ({ notes, children }: { notes: readonly Note[]; children?: ComponentChildren }) =>
  notes.length === 0 ? null : (
    <Notice tone={notes.some(({ warns }) => warns) ? 'wait' : 'info'} title="To know before you go on">
      <PlainList
        gap="tight"
        items={notes.toSorted((one, other) => Number(other.warns) - Number(one.warns)).map(({ words }) => words)}
      />
      {children}
    </Notice>
  )

/** The tick that books a room or a trainer twice all the same; nothing where nothing is. */
export const ConfirmTick = ({ clashes, problems }: { clashes: Clashes; problems?: Problems | undefined }) =>
  clashes.confirmation === '' ? null : (
    <Choice
      name="confirm"
      value={clashes.confirmation}
      label="I know of what is booked twice here. Book it all the same."
      hint="Tell the other trainers and coordinators before you do."
      error={problems?.['confirm']}
    />
  )
