import { Filter, HexMap, Legend, Link, Page, Row, Section, Select, Sides, Stack, Table } from '#design'
import { dayOf, sayDate } from '#core/days'
import { holds } from '#core/rights'
import type { Visit } from '#platform/web'
import { sayRegion } from '../areas/index.ts'
import { type Constituency, labelOf, sayValue, type Wanted } from './map.ts'
import type { MapShown } from './load.ts'
import { fewer, type Measure, measureNames, measures, valueOf } from './measures.ts'
import { sayQuarter, sayThe } from './words.ts'

/** The country as one hexagon for each constituency, what its colours mean, and the first rows of its table. */
export const MapPage = (the: MapShown, { frame, actor }: Visit) => (
  <Page frame={frame} title="Training across the country" current="/map">
    <Sides kind="top">
      <Stack gap="roomy">
        <h1>Training across the country</h1>
        <p class="lede">
          Each hexagon is a constituency. The stronger the colour, {strongerBecause(the.show)} {sayQuarter(the.quarter)}
          .
        </p>
        <Legend levels={the.picture.scale.words} />
        <WhatToShow {...the} action="/map" />
        <Section title={the.region ? the.region.name : headings[the.show]} gap="close">
          <TopOnes {...the} />
          <Row>
            <Link href={addressOf('/map/table', the, the.region?.code)}>
              {the.region ? `All ${the.inRegion} constituencies` : 'All constituencies as a table'}
            </Link>
            <Link href={addressOf('/map.csv', the)}>Download as CSV</Link>
          </Row>
        </Section>
        <HowCounted {...the} sees={holds(actor.rights, 'reports.see')} />
      </Stack>
      <HexMap
        cells={the.picture.cells}
        label={`${labelOf(the.show)}, one hexagon for each constituency`}
        table={addressOf('/map/table', the)}
      />
    </Sides>
  </Page>
)

const strongerBecause = (show: Measure): string =>
  show === 'places'
    ? 'the more places people who live there have, for every 10,000 electors, on runs that begin in'
    : show === 'runs'
      ? 'the more runs begin there, for every 10,000 electors, in'
      : 'the more members who live there had come to training by the end of'

const headings: Record<Measure, string> = {
  places: 'Most places',
  runs: 'Most runs',
  trained: 'Most members trained',
}

/** The form that chooses a measure and a quarter. */
export const WhatToShow = ({ show, quarter, quarters, action }: Wanted & { action: string }) => (
  <Filter action={action} label="What the map shows">
    <Select
      name="show"
      label="Show"
      value={show}
      options={measureNames.map((name) => ({ value: name, label: measures[name].label }))}
    />
    <Select
      name="quarter"
      label="Quarter"
      value={quarter}
      options={quarters.map((one) => ({ value: one, label: sayQuarter(one) }))}
    />
  </Filter>
)

const TopOnes = ({ top, show, picture, region, quarter }: MapShown) => (
  <Table
    caption={`${labelOf(show)}, ${sayQuarter(quarter)}${region ? `: the most in ${sayRegion(region.name)}` : ''}`}
    columns={[
      { key: 'name', label: 'Constituency', cell: nameOf },
      ...(show === 'trained'
        ? []
        : [
            {
              key: 'rate',
              label: 'Per 10,000',
              number: true,
              cell: (one: Constituency) => sayValue(show, valueOf(show, one), picture.scale.digits),
            },
          ]),
      show === 'runs' ? { key: 'runs', label: 'Runs', number: true } : { key: 'places', label: 'Places', number: true },
      { key: 'trained', label: 'Trained', number: true, cell: trainedOf },
    ]}
    rows={top}
  />
)

/** An area's name as the way to its page. */
export const nameOf = ({ code, name }: Constituency) => <Link href={`/areas/${code}`}>{name}</Link>

/** Members trained, or that they are too few to be told. */
export const trainedOf = ({ trained }: Pick<Constituency, 'trained'>): string =>
  trained === null ? fewer : sayThe(trained)

const HowCounted = ({ countedAt, sees }: MapShown & { sees: boolean }) => (
  <p class="quiet">
    {countedAt ? `Counted on ${sayDate(dayOf(countedAt))}. ` : 'Not counted yet. '}
    <WhyHidden sees={sees} />
  </p>
)

/** Why a small figure is not told, or that this person is told it where others are not. */
export const WhyHidden = ({ sees }: { sees: boolean }) => (
  <>
    {sees
      ? `You see how many members are trained where you may see reports, even where they are ${fewer}. Others do not: keep it to yourself. `
      : `Where ${fewer} members of a constituency are trained we do not say how many, so that nobody can be picked out. `}
    <a href="/about/data">Where the figures come from</a>
  </>
)

/** An address with the same measure and quarter, and a region where one is meant. */
export const addressOf = (path: string, { show, quarter }: Pick<Wanted, 'show' | 'quarter'>, region?: string): string =>
  `${path}?${new URLSearchParams({ show, quarter, ...(region ? { region } : {}) })}`
