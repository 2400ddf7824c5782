/** What the rehearsals of a round say, for those who opened it. */
import { publish, notes, type Figure } from '#engines/disclosure/index.ts'
import { Empty, Facts, Fold, Link, Page, Section, Stack, Table, Tag } from '#design'
import type { Visit } from '#platform/web'
import { type KeptRehearsal, mineOf } from '../applying/mine.ts'
import { sayBand, sayBands } from '../bands.ts'
import { findRound } from '../queries.ts'
import { sayMoment } from '../result/words.ts'
import type { Round, RoundRun } from '../round.ts'
import { countOf } from './figures.ts'
import { chanceOf, fewest, meanings } from './words.ts'

export interface RehearsalShown {
  round: Round
  rehearsal: KeptRehearsal | undefined
}

/** The last rehearsal of a round, for those who may change it; for others it is not there. */
export async function loadRehearsal(visit: Visit, { slug }: { slug: string }): Promise<RehearsalShown | undefined> {
  const round = await findRound(visit, slug)
  if (!round?.mayChange) return undefined
  const { rehearsal } = await mineOf(visit, round.id)
  return { round, rehearsal }
}

export const RehearsalPage = ({ round, rehearsal }: RehearsalShown, visit: Visit) => (
  <Page
    frame={visit.frame}
    title={`Rehearsal: ${round.name}`}
    current="/rounds"
    wide
    crumbs={[
      { href: '/rounds', label: 'Rounds' },
      { href: `/rounds/${round.slug}`, label: round.name },
    ]}
  >
    <Stack gap="wide">
      <Stack gap="close">
        <h1>Rehearsal</h1>
        <p class="lede">
          What would probably come of {round.name}, if nobody else applied. It is never the real draw: its seed does not
          exist before applications have closed.
        </p>
      </Stack>
      {rehearsal && rehearsal.applications >= fewest ? (
        <>
          <p>
            Drawn {rehearsal.draws} times with made-up seeds, on the applications of {sayMoment(rehearsal.madeAt)}.{' '}
            {sayBands(round.bands)}
          </p>
          <Section title="Who would get a place">
            <ByBand round={round} rehearsal={rehearsal} />
            <p class="quiet">{notes.join(' ')}</p>
          </Section>
          <Section title="Run by run">
            <ByRun round={round} rehearsal={rehearsal} />
            <Fold title="What the words mean">
              <Facts items={meanings} />
              <p>
                A chance is that of a member who counts for none of the seats that are held first. Counts below {fewest}{' '}
                are not told, and others are rounded to 5.
              </p>
            </Fold>
          </Section>
        </>
      ) : (
        <Empty title={rehearsal ? 'Too few have applied to say anything' : 'There has been no rehearsal yet'}>
          <p>
            The draw is rehearsed every quarter of an hour while the round is open and applications come in, until
            shortly before it closes. Nothing is shown of fewer than {fewest} applications.
          </p>
          <p>
            <Link href={`/rounds/${round.slug}`}>Back to the round</Link>
          </p>
        </Empty>
      )}
    </Stack>
  </Page>
)

type Shown = { round: Round; rehearsal: KeptRehearsal }

/** Through the disclosure rule: each applicant of a band either gets a place or does not. */
const ByBand = ({ round, rehearsal }: Shown) => {
  const table = publish({
    answers: ['a place', 'no place'],
    groups: rehearsal.bands.map(({ applied, placed }, band) => ({
      name: sayBand(round.bands, band),
      counts: [Math.min(placed, applied), Math.max(0, applied - placed)],
    })),
  })
  const rows = [...table.groups, ...(table.total ? [{ name: 'All', ...table.total }] : [])]
  return (
    <Table
      caption="Applications and how many of them would get a place, in the order of the round"
      quietCaption
      dense
      columns={[
        { key: 'name', label: 'Who', cell: ({ name }) => `${name.charAt(0).toUpperCase()}${name.slice(1)}` },
        { key: 'answered', label: 'Applied', number: true, cell: ({ answered }) => sayFigure(answered) },
        { key: 'placed', label: 'Would get a place', number: true, cell: ({ counts }) => sayFigure(counts[0]!) },
        { key: 'not', label: 'Would get none', number: true, cell: ({ counts }) => sayFigure(counts[1]!) },
      ]}
      rows={rows}
    />
  )
}

const ByRun = ({ round, rehearsal }: Shown) => {
  const found = new Map(rehearsal.runs.map((run) => [run.id, run]))
  const bands = Array.from({ length: round.bands.length + 1 }, (_, band) => band)
  return (
    <Table
      caption="The runs of the round, how many applied, and the chance of each group"
      quietCaption
      dense
      columns={[
        {
          key: 'title',
          label: 'Run',
          cell: ({ id, title, where }: RoundRun) => (
            <>
              <Link href={`/runs/${id}`}>{title}</Link>, {where}
            </>
          ),
        },
        { key: 'capacity', label: 'Seats', number: true },
        {
          key: 'held',
          label: 'Held first',
          number: true,
          cell: ({ reserves }: RoundRun) => reserves.reduce((sum, one) => sum + (one.stands ? one.seats : 0), 0),
        },
        {
          key: 'listed',
          label: 'Want it',
          number: true,
          cell: ({ id }: RoundRun) => countOf(found.get(id)?.listed ?? 0) ?? `fewer than ${fewest}`,
        },
        ...bands.map((band) => ({
          key: `band-${band}`,
          label: bands.length === 1 ? 'Chance' : `Group ${band + 1}`,
          cell: ({ id }: RoundRun) => {
            const chance = chanceOf(found.get(id), band)
            return chance ? <Tag tone={chance.tone}>{chance.says}</Tag> : '–'
          },
        })),
      ]}
      rows={round.runs.filter(({ state }) => state === 'published')}
    />
  )
}

const sayFigure = ({ count, hidden }: Figure): string =>
  count === null ? (hidden === 'few' ? 'fewer than 10' : 'hidden') : count.toLocaleString('en-GB')
