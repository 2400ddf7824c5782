import type { Frame } from '#core/frame'
import { Bars, Dots, Lines, Split } from './charts.tsx'
import { Difference } from './difference.tsx'
import { Fold } from './fold.tsx'
import { GalleryForms } from './gallery-forms.tsx'
import { Avatar, Card, Empty, Notice, Progress, Tag } from './notice.tsx'
import { LinkButton } from './button.tsx'
import { Code } from './code.tsx'
import { Facts, Figures, Steps, SummaryList } from './facts.tsx'
import { Ask, Loop, PictureLink } from './front.tsx'
import { type HexCell, HexMap, Legend, type Level } from './hex-map.tsx'
import { Row, Section, Sides, Stack } from './layout.tsx'
import { Page } from './page.tsx'
import { Prose } from './prose.tsx'
import { QrCode } from './qr-code.tsx'
import { RunRow, Runs } from './runs.tsx'
import { Table } from './table.tsx'
import { PostcodeField } from './text-field.tsx'
import { Tree } from './tree.tsx'

/** Every part in each of its states, on one page. */
export const Gallery = ({ frame }: { frame: Frame }) => (
  <Page frame={frame} title="Every part" crumbs={[{ href: '/', label: 'Home' }]} current={frame.nav[0]?.href}>
    <Stack gap="far">
      <Stack>
        <h1>Every part, in each of its states</h1>
        <p class="lede">This page is for those who build Hearten. The people and figures on it are made up.</p>
      </Stack>
      <GalleryForms csrf={frame.csrf} />
      <Words />
      <Lists />
      <Tables />
      <Pictures />
    </Stack>
  </Page>
)

const Words = () => (
  <Section title="Saying things" gap="roomy">
    <Notice tone="go" title="You have a place" />
    <Notice tone="wait" title="You are third on the waiting list">
      <p>We write to you as soon as a place is free. You need not do anything.</p>
    </Notice>
    <Notice tone="stop" title="This run is cancelled">
      <p>
        The venue cannot be reached step-free. <a href="/courses">Find another run</a>
      </p>
    </Notice>
    <Notice>
      <p>Fewer than ten people answered, so this figure is not shown.</p>
    </Notice>
    <Row>
      <Tag>Organising</Tag>
      <Tag tone="go">9 places left</Tag>
      <Tag tone="wait">By waiting list</Tag>
      <Tag tone="stop">Cancelled</Tag>
    </Row>
    <Card kind="next" title="Log your last three conversations">
      <p>You have held seven of ten. Ruth, your mentor, signs them off on Saturday.</p>
      <Row>
        <LinkButton href="#log">Log a conversation</LinkButton>
        <LinkButton href="#ask" kind="second">
          Ask Ruth
        </LinkButton>
      </Row>
    </Card>
    <Card title="My pledge">
      <p>“Get the bus stop on Outram Street moved back by Easter.”</p>
    </Card>
    <Empty title="No runs near you yet">
      <p>Tell us that you are interested, and the academy will see it when it plans.</p>
      <p>
        <a href="#tell">Tell the academy</a>
      </p>
    </Empty>
    <Prose
      text={
        'A knock on the door is *usually* somebody selling.\n\n- This one **asks**.\n- Then it waits.\n\n> Nobody ever asked me.\n\n[The courses](/courses)'
      }
    />
    <Fold title="What most people need not see">
      <p>Until they ask.</p>
    </Fold>
    <Difference
      label="What changed"
      lines={[
        { kind: 'same', text: 'Ask one open question.' },
        { kind: 'gone', text: 'Wait for a second.' },
        { kind: 'new', text: 'Wait for five seconds.' },
      ]}
    />
    <Progress label="Reading the membership roll" done={214_300} total={512_000} />
    <p>
      <Avatar name="Amina Farooq" />
      Amina Farooq
    </p>
  </Section>
)

const Lists = () => (
  <Sides>
    <Section title="Runs" gap="roomy">
      <Figures
        items={[
          { value: 412, label: 'places open' },
          { value: 12, label: 'academies', href: '/academies' },
          { value: 9360, label: 'trained' },
        ]}
      />
      <Runs>
        <RunRow
          day="2027-01-14"
          title="Listening on the doorstep"
          href="#run-1"
          about="Thursday evenings, 4 sessions · Sutton Community Academy · 3 miles"
          taken={9}
          places={20}
        />
        <RunRow
          day="2027-01-16"
          title="Running a field campaign"
          href="#run-2"
          about="Two Saturdays · Mansfield Miners’ Welfare · 5 miles"
          tags={<Tag tone="wait">By waiting list</Tag>}
          taken={18}
          places={18}
          waiting={3}
        />
        <RunRow
          day="2027-02-06"
          title="Long-term organising: from one win to the next"
          href="#run-3"
          about="Weekend · Nottingham Mechanics · 14 miles"
          tags={
            <>
              <Tag>Childcare</Tag>
              <Tag tone="go">Towards Spokesperson</Tag>
            </>
          }
          beside={<a href="#place">My place</a>}
        />
      </Runs>
      <SummaryList
        items={[
          { label: 'Course', value: 'Listening on the doorstep', change: '#course' },
          { label: 'What would help you', value: 'A hearing loop.\nI come by bus.', change: '#needs' },
          { label: 'Note', value: '', change: '#note' },
        ]}
      />
    </Section>
    <Stack gap="wide">
      <Section title="My path to trainer">
        <Steps
          steps={[
            { label: 'Listening on the doorstep', detail: 'Finished 3 November', state: 'done', href: '#done' },
            { label: 'Practice', detail: '7 of 10 conversations', state: 'now' },
            { label: 'Observation', detail: 'about 40 minutes', state: 'later' },
            { label: 'Lead your first run', state: 'later' },
          ]}
        />
      </Section>
      <Section title="Facts">
        <Facts
          items={[
            ['Where', 'Sutton Community Academy, High Pavement, NG17 1EE'],
            ['Access', 'Step-free, hearing loop'],
            ['Cost', ''],
            ['Led by', <a href="#ruth">Ruth Osei</a>],
          ]}
        />
      </Section>
      <Section title="Who trained whom">
        <Tree
          label="Trainers by who trained them"
          nodes={[
            {
              label: 'Ruth Osei',
              href: '#ruth',
              detail: '12 runs',
              children: [
                { label: 'Callum Reid', detail: '4 runs', children: [{ label: 'Amina Farooq' }] },
                { label: 'Priya Kaur' },
              ],
            },
          ]}
        />
      </Section>
    </Stack>
  </Sides>
)

const rows = [
  { course: 'Running a field campaign', dates: '16, 23 Jan', where: 'Mansfield', trainers: 'R. Osei', waiting: 9 },
  { course: 'Long-term organising', dates: '6–7 Feb', where: 'Nottingham', trainers: 'C. Reid, J. Mills', waiting: 0 },
  { course: 'Phone banks that last', dates: '11 Feb', where: 'Online', trainers: '–', waiting: 1204 },
]

const Tables = () => (
  <Section title="Tables" gap="wide">
    <Table
      caption="Runs"
      dense
      columns={[
        { key: 'course', label: 'Course', sort: '?sort=course', cell: ({ course }) => <a href="#run">{course}</a> },
        { key: 'dates', label: 'Dates', sort: '?sort=-dates', sorted: 'ascending' },
        { key: 'where', label: 'Where' },
        { key: 'trainers', label: 'Trainers' },
        { key: 'waiting', label: 'Waiting', number: true },
      ]}
      rows={rows}
      paging={{ from: 4, total: 38, previous: '?page=1', next: '?page=3' }}
      csv="?as=csv"
    />
    <Table
      caption="Sessions"
      columns={[
        { key: 'dates', label: 'When' },
        { key: 'course', label: 'What' },
      ]}
      rows={rows}
    />
    <Table
      caption="Runs to come"
      columns={[{ key: 'course', label: 'Course' }]}
      rows={[]}
      empty={<Empty title="No runs yet" />}
    />
  </Section>
)

const cells: HexCell[] = Array.from({ length: 36 }, (_, index) => ({
  code: `E${index}`,
  name: `Area ${index + 1}`,
  q: index % 6,
  r: Math.floor(index / 6),
  level: (index % 5) as Level,
  label: `${index % 5} places per 10,000 electors`,
  href: `#area-${index + 1}`,
}))

const Pictures = () => (
  <Section title="Pictures" gap="wide">
    <Sides kind="top">
      <Stack>
        <HexMap cells={cells} label="Training places by area" table="#bars" />
        <Legend levels={['none', 'under 3', '3 to 5', '5 to 7', 'over 7']} />
      </Stack>
      <Stack>
        <Dots
          label="Three groups of opinion; you are in the first"
          dots={Array.from({ length: 240 }, (_, index) => {
            const group = index % 4
            const turn = index * 2.4
            const far = Math.sqrt(index / 240)
            return {
              group,
              x: 0.25 + 0.5 * (group % 2) + 0.16 * far * Math.cos(turn),
              y: 0.3 + 0.45 * Math.floor(group / 2) + 0.18 * far * Math.sin(turn),
            }
          })}
          names={[
            { name: 'Listen first', x: 0.25, y: 0.07 },
            { name: 'Organise the vote', x: 0.75, y: 0.07 },
          ]}
          you={{ x: 0.3, y: 0.34 }}
        />
        <Split agree={91} disagree={3} pass={6} />
        <QrCode text="https://academy.example.org" label="A code for a camera" />
      </Stack>
    </Sides>
    <Ask action="#ask" submit="Find training" label="Find training">
      <PostcodeField name="near" id="ask" value="NG17 1AA" />
    </Ask>
    <PictureLink href="#bars" says="See the whole country">
      <HexMap cells={cells.map((cell) => ({ ...cell, href: undefined }))} label="Training places by area" />
    </PictureLink>
    <Code>{'curl https://academy.example.org/api/areas \\\n  -H "Authorization: Bearer $KEY"'}</Code>
    <Loop
      parts={[
        ['Listen', 'Start with what people near you say, not with a script.'],
        ['Learn', 'Short courses with others who live where you do.'],
      ]}
    />
    <div id="bars">
      <Bars
        label="Demand and places by constituency"
        rows={[
          { label: 'Mansfield', want: 48, have: 20, wantText: '48 asking', haveText: '20 places' },
          { label: 'Bolsover', want: 37, have: 0, wantText: '37 asking', haveText: 'no places' },
          { label: 'Chesterfield', want: 30, have: 40, wantText: '30 asking', haveText: '40 places' },
        ]}
      />
    </div>
    <Lines
      label="Trainers by quarter, with what is likely to come: about 640 at the end of 2028"
      series={[
        { name: 'Trainers', points: [40, 90, 150, 260].map((y, x) => ({ x, y })) },
        { name: 'Forecast', points: [260, 380, 500, 640].map((y, at) => ({ x: at + 3, y })) },
      ]}
      band={[
        { x: 3, low: 260, high: 260 },
        { x: 4, low: 330, high: 430 },
        { x: 6, low: 480, high: 830 },
      ]}
      ticks={[
        { x: 0, label: 'early 2027' },
        { x: 3, label: 'end of 2027' },
        { x: 6, label: 'end of 2028' },
      ]}
    />
  </Section>
)
