/** The page on which a member says which run they would take instead of theirs. */
import { sql } from 'kysely'
import type { ComponentChildren } from 'preact'
import { sayDay } from '#core/days'
import type { Problems } from '#core/refusal'
import {
  Button,
  Empty,
  Form,
  Link,
  LinkButton,
  Notice,
  Page,
  Row,
  RunRow,
  Runs,
  Section,
  Select,
  Stack,
  Tag,
} from '#design'
import type { Visit } from '#platform/web'
import { findRound } from '../queries.ts'
import type { Round, RoundRun } from '../round.ts'

export interface SwapsShown {
  round: Round
  held: HeldThere[]
}

/** A place of this person's in the round. */
export interface HeldThere {
  place: string
  run: string
  state: string
  /** What they would take instead, as they said. */
  offers: { id: string; run: string }[]
  /** The runs on which someone wants theirs. */
  wantedBy: string[]
}

/** What they hold in a round that is drawn, what they would take instead, and where someone wants theirs. In three queries. */
export async function loadSwaps(visit: Visit, { slug }: { slug: string }): Promise<SwapsShown | undefined> {
  const round = await findRound(visit, slug)
  if (!round || round.phase !== 'drawn') return undefined
  const { db, actor, now } = visit
  const { rows } = await sql<HeldThere>`
    select place.id as place, place.run_id as run, place.state,
      (select coalesce(json_agg(json_build_object('id', swap.id, 'run', swap.to_run) order by swap.offered_at), '[]'::json) from swap
        where swap.from_application = mine.id and swap.from_run = place.run_id and swap.state = 'offered') as offers,
      (select coalesce(json_agg(distinct swap.from_run), '[]'::json) from swap
        where swap.to_run = place.run_id and swap.state = 'offered' and swap.from_application <> mine.id
          and exists (select from place theirs where theirs.application_id = swap.from_application and theirs.run_id = swap.from_run
            and (theirs.state = 'confirmed' or (theirs.state = 'offered' and theirs.offer_until > ${now})))) as "wantedBy"
    from application mine join place on place.application_id = mine.id
      and (place.state = 'confirmed' or (place.state = 'offered' and place.offer_until > ${now}))
    where mine.round_id = ${round.id} and mine.person_id = ${actor.id}
    order by place.state, place.turn`.execute(db)
  return { round, held: rows }
}

export const SwapsPage = ({ round, held }: SwapsShown, visit: Visit, problems?: Problems) => (
  <Page
    frame={visit.frame}
    title="Change places"
    current="/rounds"
    crumbs={[
      { href: '/rounds', label: 'Rounds' },
      { href: `/rounds/${round.slug}`, label: round.name },
      { href: `/rounds/${round.slug}/application`, label: 'Your application' },
    ]}
    problems={problems}
  >
    <Stack gap="wide">
      <Stack gap="close">
        <h1>Change places</h1>
        <p class="lede">
          Say which run of this round you would take instead of yours. As soon as someone there wants your run, you
          change places, and we write to you both. Neither of you learns who the other is, and nobody else gains or
          loses a place.
        </p>
      </Stack>
      {held.length === 0 ? (
        <Empty title="You have no place in this round to change">
          <p>
            <LinkButton href={`/rounds/${round.slug}/application`}>See your application</LinkButton>
          </p>
        </Empty>
      ) : (
        held.map((one) => <Held {...{ one, round, visit, problems }} />)
      )}
    </Stack>
  </Page>
)

interface Shown {
  one: HeldThere
  round: Round
  visit: Visit
  problems: Problems | undefined
}

const Held = (all: Shown) => {
  const { one, round } = all
  const mine = round.runs.find(({ id }) => id === one.run)
  if (!mine) return null
  return (
    <Section title={`Your place: ${mine.title}`} gap="roomy">
      <p>
        {mine.pattern}, {mine.where}, from {sayDay(mine.startsOn, all.visit.today)}.{' '}
        {one.state === 'offered' &&
          'It is offered to you and not yet taken. If you change places, the run you get is yours at once.'}
      </p>
      <Now {...all} />
      <Offered {...all} />
      <Ask {...all} />
    </Section>
  )
}

/** Where someone wants theirs, so that they can change at once. */
const Now = ({ one, round, visit }: Shown) => {
  const runs = runsOf(round, one.wantedBy)
  if (runs.length === 0) return null
  return (
    <Notice tone="go" title="Someone would change with you now">
      <Runs>
        {runs.map((run) => (
          <RunRow
            {...rowOf(run)}
            beside={
              <SwapForm place={one.place} run={run.id} {...{ round, visit }}>
                <Button about={`to ${run.title}, ${run.where}`}>Change places</Button>
              </SwapForm>
            }
          />
        ))}
      </Runs>
      <p>
        This happens at once and cannot be undone. What you wrote about what would help you to take part has to be
        written again.
      </p>
    </Notice>
  )
}

const Offered = ({ one, round, visit }: Shown) => {
  const offers = one.offers.flatMap(({ id, run }) => runsOf(round, [run]).map((wanted) => ({ id, run: wanted })))
  if (offers.length === 0) return null
  return (
    <Stack gap="close">
      <h3>You would take instead</h3>
      <Runs>
        {offers.map(({ id, run }) => (
          <RunRow
            {...rowOf(run)}
            tags={<Tag tone="wait">Waiting for someone who wants yours</Tag>}
            beside={
              <Form
                action={`/rounds/${round.slug}/swaps/${id}/withdrawal`}
                csrf={visit.frame.csrf}
                label={`Take back ${run.title}`}
              >
                <Button kind="second" about={`: ${run.title}, ${run.where}`}>
                  Take it back
                </Button>
              </Form>
            }
          />
        ))}
      </Runs>
    </Stack>
  )
}

const Ask = ({ one, round, visit, problems }: Shown) => {
  const offered = new Set([one.run, ...one.offers.map(({ run }) => run), ...one.wantedBy])
  const left = round.runs.filter(
    ({ id, state, startsOn }) => state === 'published' && startsOn > visit.today && !offered.has(id),
  )
  if (left.length === 0) return null
  return (
    <SwapForm place={one.place} {...{ round, visit }}>
      <Select
        name="run"
        id={`run-${one.place}`}
        label="Another run that would suit you better"
        hint="If someone on it wants yours, you change at once, and it cannot be undone. You keep your place until then."
        empty="Choose one"
        typed={visit.typed}
        problems={problems}
        options={left.map((run) => ({
          value: run.id,
          label: `${run.title}, ${run.where}, from ${sayDay(run.startsOn, visit.today)}`,
        }))}
      />
      <Row>
        <Button kind="second">I would take this one</Button>
        <Link href={`/rounds/${round.slug}/application`}>No, keep mine</Link>
      </Row>
    </SwapForm>
  )
}

const SwapForm = ({
  place,
  run,
  round,
  visit,
  children,
}: {
  place: string
  run?: string
  round: Round
  visit: Visit
  children: ComponentChildren
}) => (
  <Form action={`/rounds/${round.slug}/swaps`} csrf={visit.frame.csrf}>
    <input type="hidden" name="place" value={place} />
    {run && <input type="hidden" name="run" value={run} />}
    {children}
  </Form>
)

const runsOf = (round: Round, ids: readonly string[]): RoundRun[] => round.runs.filter(({ id }) => ids.includes(id))
const rowOf = ({ id, title, startsOn, pattern, where }: RoundRun) => ({
  day: startsOn,
  title,
  href: `/runs/${id}`,
  about: `${pattern} · ${where}`,
})
