/** All rounds: those one can apply in, those to come, and those that were drawn. */
import type { ComponentChildren } from 'preact'
import { type Day, dayOf, sayShortDay, sayTime } from '#core/days'
import { holds } from '#core/rights'
import { Empty, Link, LinkButton, Page, Section, Stack, Table, Tag, TitleRow } from '#design'
import type { Visit } from '#platform/web'
import { phaseNames, type RoundSummary } from '../round.ts'
import { phaseTones } from './page.tsx'

export const RoundsPage = (rounds: readonly RoundSummary[], visit: Visit) => {
  const now = rounds.filter(({ phase }) => ['open', 'coming', 'closing'].includes(phase))
  const past = rounds.filter((round) => !now.includes(round))
  return (
    <Page frame={visit.frame} title="Rounds" current="/courses" crumbs={[{ href: '/courses', label: 'Courses' }]}>
      <Stack gap="wide">
        <Stack>
          <TitleRow title="Rounds">
            {holds(visit.actor.rights, 'rounds.open') && (
              <LinkButton kind="second" href="/rounds/new">
                Open a round
              </LinkButton>
            )}
          </TitleRow>
          <p class="lede">
            Where more members want to come than there are places, you apply once for several runs, and places are drawn
            by lot. <Link href="/about/places">How that works</Link>.
          </p>
        </Stack>
        <Section title="Open and to come">
          <List
            rounds={now}
            visit={visit}
            empty={
              <Empty title="No round is open">
                <p>
                  Most runs give their places at once. <Link href="/courses">Look for a course</Link>.
                </p>
              </Empty>
            }
          />
        </Section>
        {past.length > 0 && (
          <Section title="Closed and drawn">
            <List rounds={past} visit={visit} past />
          </Section>
        )}
      </Stack>
    </Page>
  )
}

const List = ({
  rounds,
  visit: { today },
  past,
  empty,
}: {
  rounds: readonly RoundSummary[]
  visit: Visit
  past?: boolean
  empty?: ComponentChildren
}) => (
  <Table
    caption={past ? 'Rounds that are closed' : 'Rounds that are open or to come'}
    quietCaption
    folds
    columns={[
      {
        key: 'name',
        label: 'Round',
        cell: ({ slug, name, state }) => (
          <Link href={state === 'draft' ? `/rounds/${slug}/edit` : `/rounds/${slug}`}>{name}</Link>
        ),
      },
      {
        key: 'phase',
        label: 'State',
        selfEvident: true,
        cell: ({ phase }) => <Tag tone={phaseTones[phase]}>{phaseNames[phase]}</Tag>,
      },
      ...(past
        ? []
        : [{ key: 'opens', label: 'Opens', cell: ({ opensAt }: RoundSummary) => sayMoment(opensAt, today) }]),
      { key: 'closes', label: past ? 'Closed' : 'Closes', cell: ({ closesAt }) => sayMoment(closesAt, today) },
      { key: 'runs', label: 'Runs', number: true },
      { key: 'places', label: 'Places', number: true },
    ]}
    rows={rounds}
    {...(empty ? { empty } : {})}
  />
)

const sayMoment = (at: Date, today: Day): string => `${sayShortDay(dayOf(at), today)}, ${sayTime(at)}`
