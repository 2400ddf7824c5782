/** The page of a round's officers: who they are, and for each of them what to do now. */
import { sql } from 'kysely'
import { dayOf, sayDay, sayTime } from '#core/days'
import type { Problems } from '#core/refusal'
import { Button, Code, Empty, Form, Link, Notice, Page, Section, Stack, Table, TextArea, TextField } from '#design'
import type { Visit } from '#platform/web'
import { findRound } from '../queries.ts'
import type { Round } from '../round.ts'

interface OfficerRow {
  person: string
  name: string
  digest: string | null
  revealed: boolean
}

export interface OfficersShown {
  round: Round
  officers: OfficerRow[]
  mine: OfficerRow | undefined
}

/** For those who open the round and for its officers; for others there is nothing here. */
export async function loadOfficers(visit: Visit, { slug }: { slug: string }): Promise<OfficersShown | undefined> {
  const round = await findRound(visit, slug)
  if (!round || !(round.mayChange || round.isOfficer)) return undefined
  const { rows } = await sql<OfficerRow>`
    select officer.person_id as person, person.name, officer.digest, officer.revealed_at is not null as revealed
    from round_officer officer join person on person.id = officer.person_id
    where officer.round_id = ${round.id} order by officer.digest nulls last, person.name`.execute(visit.db)
  return { round, officers: rows, mine: rows.find(({ person }) => person === visit.actor.id) }
}

export function OfficersPage({ round, officers, mine }: OfficersShown, visit: Visit, problems?: Problems) {
  const { frame, typed, now } = visit
  const naming = round.mayChange && (round.state === 'draft' || (round.state === 'published' && now < round.closesAt))
  return (
    <Page
      frame={frame}
      title={`Officers of ${round.name}`}
      current="/courses"
      crumbs={[
        { href: '/rounds', label: 'Rounds' },
        { href: round.state === 'draft' ? `/rounds/${round.slug}/edit` : `/rounds/${round.slug}`, label: round.name },
      ]}
      problems={problems}
    >
      <Stack gap="wide">
        <Stack>
          <h1>Officers of {round.name}</h1>
          <p class="lede">
            Each officer thinks of a secret before the round closes and reveals it after. The lottery numbers are made
            from all of the secrets and all of the applications, so nobody can know or choose them.
          </p>
        </Stack>
        {mine && <Mine {...{ round, mine, visit, problems }} />}
        <Section title="Who they are">
          <Table
            caption="The officers of this round"
            quietCaption
            columns={[
              { key: 'name', label: 'Officer' },
              { key: 'state', label: 'Secret', selfEvident: true, cell: (one) => sayState(one, round) },
              ...(naming && officers.some((one) => mayGo(one, round))
                ? [
                    {
                      key: 'remove',
                      label: 'Take out',
                      selfEvident: true,
                      cell: (one: OfficerRow) =>
                        mayGo(one, round) && (
                          <Form
                            action={`/rounds/${round.slug}/officers/${one.person}/removal`}
                            csrf={frame.csrf}
                            label={`Take out ${one.name}`}
                          >
                            <Button kind="second" about={one.name}>
                              Take out
                            </Button>
                          </Form>
                        ),
                    },
                  ]
                : []),
            ]}
            rows={officers}
            empty={
              <Empty title="There are no officers yet">
                <p>Name at least two whom members trust, and who do not depend on each other.</p>
              </Empty>
            }
          />
        </Section>
        {naming && (
          <Section title="Name an officer">
            <Form action={`/rounds/${round.slug}/officers`} csrf={frame.csrf} label="Name an officer">
              <TextField
                name="who"
                label="Membership number or email address"
                hint="They are written to, and told what to do."
                width="middle"
                {...{ typed, problems }}
              />
              <Button kind={mine ? 'second' : 'first'}>Name this officer</Button>
            </Form>
          </Section>
        )}
      </Stack>
    </Page>
  )
}

/** Whether an officer can still be taken out: once their commitment is published it stands. */
const mayGo = ({ digest }: OfficerRow, { state }: Round): boolean => state === 'draft' || digest === null

function sayState({ digest, revealed }: OfficerRow, { state, seed }: Round): string {
  if (digest === null) return 'Not made yet'
  if (revealed) return 'Revealed'
  return seed !== null ? 'Never revealed' : state === 'closed' ? 'To be revealed' : 'Committed'
}

interface MineShown {
  round: Round
  mine: OfficerRow
  visit: Visit
  problems: Problems | undefined
}

/** What this officer is to do now. */
function Mine({ round, mine, visit, problems }: MineShown) {
  const { frame, typed, now } = visit
  if (round.state === 'cancelled') return <Notice title="This round was cancelled">There is nothing to do.</Notice>
  if (mine.revealed)
    return (
      <Notice tone="go" title="You have revealed your secret">
        Thank you. There is nothing more to do.
      </Notice>
    )
  if (round.seed !== null)
    return <Notice title="The seed has been made">The time for revealing secrets is over.</Notice>
  if (round.state === 'closed')
    return mine.digest === null ? (
      <Notice title="You did not commit to a secret">The round has closed, so there is nothing to reveal.</Notice>
    ) : (
      <Form action={`/rounds/${round.slug}/reveal`} csrf={frame.csrf} next label="Reveal your secret">
        <h2>Reveal your secret</h2>
        <p>
          The round is closed. Type your secret exactly as it was, by {sayDay(dayOf(round.revealUntil))},{' '}
          {sayTime(round.revealUntil)}. It is shown on the page of the round once the seed is made.
        </p>
        <TextArea name="secret" label="Your secret" rows={3} {...{ problems }} />
        <Button>Reveal my secret</Button>
      </Form>
    )
  const open = round.state === 'draft' || (round.state === 'published' && now < round.closesAt)
  if (mine.digest !== null)
    return (
      <Notice tone="go" title="You have committed to a secret">
        <p>Its SHA-256 is published with the round:</p>
        <Code>{mine.digest}</Code>
        <p>
          Keep the secret safe until the round closes on {sayDay(dayOf(round.closesAt))}. We do not have it, and nobody
          can find it out from what is published.
        </p>
      </Notice>
    )
  if (!open) return <Notice title="The round is closing">It is too late to commit to a secret.</Notice>
  return (
    <Form action={`/rounds/${round.slug}/commitment`} csrf={frame.csrf} next label="Commit to a secret">
      <h2>Commit to a secret</h2>
      <p>
        Think of six or more words that nobody would guess, in no sentence. Write them on paper. Then make their
        SHA-256, a fingerprint that gives nothing away, with a tool of your own, and paste it here:
      </p>
      <Code>printf %s 'your own words here' | sha256sum</Code>
      <TextField
        name="digest"
        label="The SHA-256 of your secret"
        optional
        spellcheck={false}
        autocapitalize="none"
        {...{ typed, problems }}
      />
      <TextField
        name="words"
        label="Or the secret itself"
        hint="If you have no such tool. We make the SHA-256 and forget the words at once."
        type="password"
        autocomplete="off"
        optional
        {...{ problems }}
      />
      <Button>Commit to my secret</Button>
      <p class="quiet">
        Your name and the SHA-256 are then shown on the <Link href={`/rounds/${round.slug}`}>page of the round</Link>.
      </p>
    </Form>
  )
}
