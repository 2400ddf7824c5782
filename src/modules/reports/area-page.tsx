import {
  Card,
  Empty,
  Figures,
  Lines,
  Link,
  Page,
  PlainList,
  Row,
  RunRow,
  Runs,
  Section,
  Sides,
  Stack,
  Table,
  Tag,
} from '#design'
import { holds } from '#core/rights'
import type { Visit } from '#platform/web'
import { type Area, sayRegion } from '../areas/index.ts'
import { aboutRun } from '../runs/index.ts'
import { WhyHidden } from './map-page.tsx'
import type { AreaShown, Named, Trained } from './area.ts'
import { fewer, fewest } from './measures.ts'
import { sayQuarter, sayQuarterShort, sayThe } from './words.ts'

/** An area: what is on near it, who serves it, how it does by quarter, and what is next to it. */
export const AreaPage = (the: AreaShown, { frame, actor }: Visit) => {
  const { area } = the
  return (
    <Page frame={frame} title={area.name} current="/map" crumbs={crumbsOf(area)}>
      <Stack gap="wide">
        <Stack>
          <h1>{area.name}</h1>
          <p class="lede">{sayWhat(area)}</p>
          {the.now && (
            <Figures
              items={[
                { value: the.now.places, label: the.now.places === 1 ? 'place this quarter' : 'places this quarter' },
                { value: the.now.runs, label: the.now.runs === 1 ? 'run here' : 'runs here' },
                { value: sayTrained(the.now.trained), label: 'members trained so far' },
              ]}
            />
          )}
        </Stack>
        <Sides>
          <Stack gap="wide">
            <RunsNear {...the} />
            <ByQuarter {...the} sees={holds(actor.rights, 'reports.see')} />
          </Stack>
          <Stack gap="wide">
            <Academies {...the} />
            <Others {...the} />
          </Stack>
        </Sides>
      </Stack>
    </Page>
  )
}

const crumbsOf = (area: Area) => [
  { href: '/map', label: 'Near you' },
  ...(area.region && area.region !== area.code
    ? [{ href: `/areas/${area.region}`, label: area.regionName ?? area.region }]
    : []),
]

const sayWhat = ({ kind, region, regionName, code }: Area): string => {
  if (kind === 'nation') return 'A nation.'
  if (kind === 'region') return 'A region of England.'
  return region && regionName && region !== code ? `A constituency in ${sayRegion(regionName)}.` : 'A constituency.'
}

/** "36", "about 240", "at least 36", "fewer than 10" */
export const sayTrained = ({ told, people }: Trained): string =>
  told === 'few' ? fewer : told === 'exactly' ? sayThe(people) : `${told} ${sayThe(people)}`

const RunsNear = ({ runs, area }: AreaShown) => (
  <Section title="Training near here" gap="roomy">
    {runs.length === 0 ? (
      <Empty title="Nothing is planned just now">
        <p>New runs appear here as soon as an academy publishes them.</p>
      </Empty>
    ) : (
      <Runs>
        {runs.map((run) => (
          <RunRow
            day={run.startsOn}
            title={run.title}
            href={`/runs/${run.id}`}
            about={aboutRun(run)}
            tags={run.taken >= run.capacity ? <Tag tone="wait">By waiting list</Tag> : undefined}
            taken={run.taken}
            places={run.capacity}
            waiting={run.waiting}
            toBeDrawn={run.toBeDrawn}
          />
        ))}
      </Runs>
    )}
    <Row>
      <Link href={`/courses?near=${area.code}`}>All courses, by how near they are</Link>
    </Row>
  </Section>
)

const ByQuarter = ({ quarters, area, sees }: AreaShown & { sees: boolean }) =>
  quarters.length === 0 ? null : (
    <Section title="Quarter by quarter" gap="roomy">
      {quarters.length > 1 && (
        <Lines
          label={`Places and runs in ${area.name} by quarter; the same figures are in the table below`}
          series={[
            { name: 'Places that people here have', points: quarters.map(({ places }, x) => ({ x, y: places })) },
            { name: 'Runs given here', points: quarters.map(({ runs }, x) => ({ x, y: runs })) },
          ]}
          ticks={ticksOf(quarters)}
        />
      )}
      <Table
        caption="By the quarter in which runs begin"
        columns={[
          { key: 'quarter', label: 'Quarter', cell: ({ quarter }) => sayQuarter(quarter) },
          { key: 'places', label: 'Places', number: true },
          { key: 'runs', label: 'Runs', number: true },
          { key: 'trained', label: 'Trained so far', number: true, cell: ({ trained }) => sayTrained(trained) },
        ]}
        rows={quarters.toReversed()}
      />
      <p class="quiet">
        {area.kind !== 'constituency' && !sees && `Members trained are rounded to ${fewest} here. `}
        <WhyHidden sees={sees} />
      </p>
    </Section>
  )

/** A mark for the first quarter, the last, and the one in the middle. */
const ticksOf = (quarters: AreaShown['quarters']) =>
  [...new Set([0, Math.floor((quarters.length - 1) / 2), quarters.length - 1])].map((x) => ({
    x,
    label: sayQuarterShort(quarters[x]!.quarter),
  }))

const Academies = ({ academies }: AreaShown) => (
  <Card title={academies.length > 1 ? 'The academies that serve it' : 'The academy that serves it'}>
    {academies.length === 0 ? (
      <p>
        No academy serves it yet. <Link href="/courses?mode=online">Training online is open to everyone</Link>
      </p>
    ) : (
      <PlainList
        gap="tight"
        items={academies.map(({ slug, name }) => (
          <Link href={`/academies/${slug}`}>{name}</Link>
        ))}
      />
    )}
  </Card>
)

const Others = ({ others, area }: AreaShown) =>
  others.length === 0 ? null : (
    <Section title={area.kind === 'constituency' ? 'Next to it' : 'In it'} gap="close">
      <PlainList gap="tight" items={others.map(LinkTo)} />
      {area.kind !== 'nation' && (
        <Link href={`/map/table?region=${area.region ?? area.code}`}>
          {area.region ? 'Compare the constituencies of this region' : 'Compare them'}
        </Link>
      )}
    </Section>
  )

const LinkTo = ({ code, name }: Named) => <Link href={`/areas/${code}`}>{name}</Link>
