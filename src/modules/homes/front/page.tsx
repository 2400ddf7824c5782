import { sayTime, dayOf, sayDate } from '#core/days'
import {
  Ask,
  Empty,
  Figures,
  Hero,
  HexMap,
  Loop,
  Page,
  PictureLink,
  PostcodeField,
  Row,
  RunRow,
  Runs,
  Section,
  Sides,
  Stack,
  Tag,
} from '#design'
import type { Visit } from '#platform/web'
import { aboutRun, type RunSummary } from '../../runs/index.ts'
import type { Front } from './front.ts'

/** The first page: one promise, one question, the country in one picture, and what starts soon. */
export const FrontPage = ({ figures, home, soon, picture }: Front, { frame }: Visit) => (
  <Page frame={frame} title="Learn to organise">
    <Stack gap="far">
      <Sides kind="even">
        <Stack gap="roomy">
          <Hero title="Learn to organise. Change the place you live.">
            Free training, near you and online, from people who have done it. Then practice in your own community, with
            someone beside you.
          </Hero>
          <Ask action="/near" submit="Find training" label="Find training near you">
            <PostcodeField name="near" required />
          </Ask>
          <Stack gap="tight">
            <Figures
              items={[
                {
                  value: figures.placesOpen,
                  label: figures.placesOpen === 1 ? 'place open' : 'places open',
                  href: '/courses',
                },
                {
                  value: figures.academies,
                  label: figures.academies === 1 ? 'academy' : 'academies',
                  href: '/academies',
                },
                { value: figures.trained, label: 'trained' },
              ]}
            />
            <p class="quiet">
              Counted on {sayDate(dayOf(figures.countedAt))} at {sayTime(figures.countedAt)}.{' '}
              <a href="/about/data">How</a>
            </p>
          </Stack>
        </Stack>
        {picture.cells.length > 0 && (
          <PictureLink href="/map" says="Training across the country: open the map">
            <HexMap cells={picture.cells} label={picture.label} />
          </PictureLink>
        )}
      </Sides>
      <Section title={home ? `Starting soon near ${home.name}` : 'Starting soon'} gap="roomy">
        <RunsSoon runs={soon} />
        <Row>
          <a href={home ? `/courses?near=${encodeURIComponent(home.code)}` : '/courses'}>All courses</a>
        </Row>
      </Section>
      <Section title="How it goes on" gap="roomy">
        <Loop parts={loop} />
      </Section>
    </Stack>
  </Page>
)

const loop = [
  ['Listen', 'Start with what people near you say, not with a script.'],
  ['Learn', 'Short courses with others who live where you do.'],
  ['Do', 'Practise in your own community, and pledge what you will change there.'],
  ['Teach', 'When you are ready, pass it on. That is how it grows.'],
] as const

/** Runs in a list for someone who looks for one; says so where there are none. */
export const RunsSoon = ({ runs }: { runs: readonly RunSummary[] }) =>
  runs.length === 0 ? (
    <Empty title="Nothing is planned just now">
      <p>New runs appear here as soon as an academy publishes them. The courses can be read already.</p>
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
  )
