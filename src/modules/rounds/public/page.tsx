/** The public page of a round: its rules, its runs, and everything by which its draw can be checked. */
import { sayShortDay } from '#core/days'
import type { Problems } from '#core/refusal'
import { Facts, Link, Page, Row, Section, Sides, Stack, Table, Tag, type Tone } from '#design'
import { notes, type Published, whyHidden } from '#engines/disclosure/index.ts'
import type { Visit } from '#platform/web'
import { sayBands } from '../bands.ts'
import { findRound } from '../queries.ts'
import { type Phase, phaseNames, type Round } from '../round.ts'
import { NextStep, sayMoment } from './next-step.tsx'
import { CheckSection, SeedSection } from './check.tsx'
import { countsOf } from './counts.ts'

export interface RoundShown {
  round: Round
  counts: Published | undefined
  /** Of the audit file, where it is made. */
  bytes: number | null
}

/** A round as anyone sees it, in at most four queries. */
export async function loadRound(visit: Visit, { slug }: { slug: string }): Promise<RoundShown | undefined> {
  const round = await findRound(visit, slug)
  if (!round) return undefined
  const audit =
    round.digest === null
      ? undefined
      : await visit.db.selectFrom('round_audit').where('round_id', '=', round.id).select('bytes').executeTakeFirst()
  return { round, counts: await countsOf(visit, round), bytes: audit?.bytes ?? null }
}

export const phaseTones: Readonly<Record<Phase, Tone>> = {
  draft: 'info',
  coming: 'info',
  open: 'go',
  closing: 'wait',
  closed: 'wait',
  drawn: 'info',
  cancelled: 'stop',
}

export const RoundPage = (shown: RoundShown, visit: Visit, problems?: Problems) => {
  const { round, counts, bytes } = shown
  return (
    <Page
      frame={visit.frame}
      title={round.name}
      current="/courses"
      crumbs={[{ href: '/rounds', label: 'Rounds' }]}
      problems={problems}
    >
      <Stack gap="wide">
        <Sides>
          <Stack gap="roomy">
            <Stack gap="close">
              <Row>
                <Tag tone={phaseTones[round.phase]}>{phaseNames[round.phase]}</Tag>
              </Row>
              <h1>{round.name}</h1>
              <p class="lede">
                {round.summary ||
                  'One application for several runs. Places are drawn by lot, by rules that anyone can check.'}
              </p>
            </Stack>
            <NextStep {...{ round, visit, problems }} />
          </Stack>
          <Stack gap="roomy">
            <RoundFacts {...{ round, counts, visit }} />
            <ForStaff round={round} />
          </Stack>
        </Sides>
        <Section title="The runs">
          <Runs round={round} visit={visit} />
        </Section>
        <Policy round={round} />
        {counts && <Counts counts={counts} />}
        <SeedSection round={round} />
        {round.rollDigest !== null && <CheckSection {...{ round, bytes }} />}
      </Stack>
    </Page>
  )
}

const RoundFacts = ({ round, counts, visit }: { round: Round; counts: Published | undefined; visit: Visit }) => {
  const { now, today } = visit
  return (
    <Facts
      items={[
        [now < round.opensAt ? 'Opens' : 'Opened', sayMoment(round.opensAt, today)],
        [now < round.closesAt ? 'Closes' : 'Closed', sayMoment(round.closesAt, today)],
        ['Drawn', round.drawnAt && sayMoment(round.drawnAt, today)],
        ['Applications', round.applications !== null && sayApplications(counts)],
        [
          'You may list',
          round.mostChoices < round.runs.length && `${round.mostChoices} of the ${round.runs.length} runs`,
        ],
        ['Time to answer', `${round.offerDays} ${round.offerDays === 1 ? 'day' : 'days'}`],
        ['Given by', <Link href={`/academies/${round.academy.slug}`}>{round.academy.name}</Link>],
      ]}
    />
  )
}

const Runs = ({ round, visit }: { round: Round; visit: Visit }) => (
  <Table
    caption="The runs whose places this round gives"
    quietCaption
    folds
    columns={[
      {
        key: 'title',
        label: 'Run',
        cell: ({ id, title, startsOn, state }) => (
          <>
            <Link href={`/runs/${id}`}>{title}</Link>, from {sayShortDay(startsOn, visit.today)}
            {state === 'cancelled' && ' (cancelled)'}
          </>
        ),
      },
      { key: 'when', label: 'When', selfEvident: true, cell: ({ pattern }) => pattern },
      { key: 'where', label: 'Where', selfEvident: true },
      { key: 'capacity', label: 'Places', number: true },
    ]}
    rows={round.runs}
    empty={<p>No runs have been chosen yet.</p>}
  />
)

const Policy = ({ round }: { round: Round }) => {
  const reserving = round.runs.filter(({ reserves }) => reserves.some(({ stands }) => stands))
  return (
    <Section title="How places are given">
      <p>
        <strong>{sayBands(round.bands)}</strong> Among equals a lottery decides: everyone gets one number for the whole
        round, and the smaller comes first.
      </p>
      <p>
        You get the best run on your list that your number reaches. No list other than your true one gets you more, so
        put what you want most first.
      </p>
      {reserving.length === 0 ? (
        <p>No seats are reserved for anyone.</p>
      ) : (
        <>
          <p>
            Some seats are held first for those whom a measure names. Seats that none of them want go to anyone. Saying
            that you belong never harms you, and nobody who decides is told.
          </p>
          <Table
            caption="Reserved seats"
            quietCaption
            columns={[
              { key: 'run', label: 'Run', cell: ({ run }) => `${run.title}, from ${sayShortDay(run.startsOn)}` },
              {
                key: 'for',
                label: 'Held first for',
                selfEvident: true,
                cell: ({ reserve }) => <Link href={`/measures/${reserve.measure}`}>{reserve.who}</Link>,
              },
              {
                key: 'seats',
                label: 'Seats',
                number: true,
                cell: ({ reserve, run }) => `${reserve.seats} of ${run.capacity}`,
              },
            ]}
            rows={reserving.flatMap((run) =>
              run.reserves.filter(({ stands }) => stands).map((reserve) => ({ run, reserve })),
            )}
          />
        </>
      )}
      <p>
        <Link href="/about/places">How places are given, in full</Link>
      </p>
    </Section>
  )
}

const Counts = ({ counts }: { counts: Published }) => {
  const [all] = counts.groups
  const rows = counts.answers.map((outcome, at) => ({ outcome, ...all!.counts[at]! }))
  return (
    <Section title="Who got what">
      <Table
        caption="How many members got which of their choices"
        quietCaption
        columns={[
          { key: 'outcome', label: 'What they got' },
          {
            key: 'count',
            label: 'Members',
            number: true,
            cell: ({ count, hidden }) =>
              hidden === null ? count!.toLocaleString('en-GB') : <abbr title={whyHidden[hidden]}>hidden</abbr>,
          },
          ...(all!.percentages === 'shown'
            ? [
                {
                  key: 'percent',
                  label: 'Of a hundred',
                  number: true,
                  cell: ({ percent }: (typeof rows)[number]) => percent ?? '',
                },
              ]
            : []),
        ]}
        rows={rows}
      />
      <p class="quiet">{notes.join(' ')}</p>
    </Section>
  )
}

const sayApplications = (counts: Published | undefined): string | false => {
  const all = counts?.groups[0]?.answered.count
  return all ? `About ${all.toLocaleString('en-GB')}` : false
}

const ForStaff = ({ round }: { round: Round }) =>
  round.mayChange || round.isOfficer ? (
    <Stack gap="tight">
      {round.mayChange && (
        <Link href={`/rounds/${round.slug}/edit`}>
          {round.state === 'draft' ? 'Prepare this round' : 'Cancel this round'}
        </Link>
      )}
      {round.mayChange && round.state !== 'draft' && <Link href={`/rounds/${round.slug}/rehearsal`}>Rehearsal</Link>}
      {round.seedFrom === 'nonces' && <Link href={`/rounds/${round.slug}/officers`}>Officers</Link>}
    </Stack>
  ) : null
