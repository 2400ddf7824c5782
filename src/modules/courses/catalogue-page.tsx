import {
  Choices,
  Empty,
  Filter,
  Link,
  LinkButton,
  Page,
  Pages,
  Row,
  RunRow,
  Runs,
  Section,
  Select,
  Sides,
  Stack,
  TextField,
} from '#design'
import type { Paging } from '#design'
import type { Visit } from '#platform/web'
import type { RunAhead } from './ahead.ts'
import { levelNames, modeNames, sayHours, strandNames } from './course.ts'
import type { FoundCourse } from './finding.ts'
import type { NearWhat } from './near.ts'
import { aboutRun, tagsOf } from './run-list.tsx'
import { sayWanted, type Wanted } from './wanted.ts'

export interface Catalogue {
  wanted: Wanted
  near: NearWhat
  courses: readonly FoundCourse[]
  total: number
  runs: ReadonlyMap<string, RunAhead>
  paging: Paging
  /** For those who write courses: the ones that nobody else can see yet. */
  drafts: readonly { slug: string; title: string }[] | undefined
}

/** The courses, what one can ask of them, and each one's next run. */
export const CataloguePage = (catalogue: Catalogue, { frame }: Visit) => (
  <Page frame={frame} title="Courses" current="/courses">
    <Stack gap="wide">
      <Row>
        <h1>Courses</h1>
        {catalogue.drafts && (
          <LinkButton href="/courses/new" kind="second">
            Write a course
          </LinkButton>
        )}
      </Row>
      <Sides kind="first">
        <Asking {...catalogue} />
        <Found {...catalogue} />
      </Sides>
      {catalogue.drafts && catalogue.drafts.length > 0 && (
        <Section title="Not published yet">
          <ul>
            {catalogue.drafts.map(({ slug, title }) => (
              <li>
                <Link href={`/courses/${slug}`}>{title}</Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Stack>
  </Page>
)

const Asking = ({ wanted, near }: Catalogue) => (
  <Filter action="/courses" submit="Show courses" label="Find courses" upright>
    <TextField name="q" type="search" label="Search" value={wanted.q} maxlength={200} />
    <TextField
      name="near"
      label="Near"
      hint="A postcode or a constituency"
      value={near.said}
      error={near.problem}
      autocomplete="postal-code"
      maxlength={80}
    />
    <Choices
      kind="checkbox"
      name="strand"
      label="Strand"
      options={Object.entries(strandNames).map(([value, label]) => ({ value, label }))}
      chosen={wanted.strands}
    />
    <Choices
      kind="checkbox"
      name="mode"
      label="How"
      options={[
        { value: 'near', label: near.area ? 'Near me' : 'In person' },
        { value: 'online', label: 'Online' },
      ]}
      chosen={[wanted.near && 'near', wanted.online && 'online'].filter((mode) => mode !== false)}
    />
    <Select
      name="level"
      label="Level"
      empty="Any level"
      options={Object.entries(levelNames).map(([value, label]) => ({ value, label }))}
      value={wanted.level}
    />
  </Filter>
)

const Found = ({ wanted, near, courses, total, runs, paging }: Catalogue) => (
  <Stack>
    {near.likest.length > 0 && (
      <p>
        Did you mean{' '}
        {near.likest.map(({ code, name }, index) => (
          <>
            {index > 0 && (index === near.likest.length - 1 ? ' or ' : ', ')}
            <Link href={`/courses?near=${code}`}>{name}</Link>
          </>
        ))}
        ?
      </p>
    )}
    <Row>
      <b>{sayCount(total)}</b>
      <span class="quiet">{sayWanted(wanted, near.area?.name)}</span>
    </Row>
    {courses.length === 0 ? (
      <Nothing wanted={wanted} />
    ) : (
      <Runs>
        {courses.map((course) => (
          <CourseRow course={course} run={runs.get(course.run ?? '')} near={wanted.place} />
        ))}
      </Runs>
    )}
    {(paging.previous || paging.next) && <Pages shown={courses.length} paging={paging} about="Courses" />}
  </Stack>
)

const CourseRow = ({
  course,
  run,
  near,
}: {
  course: FoundCourse
  run: RunAhead | undefined
  near: string | undefined
}) => {
  const href = `/courses/${course.slug}${near ? `?near=${encodeURIComponent(near)}` : ''}`
  return run ? (
    <RunRow
      level={2}
      day={run.startsOn}
      title={course.title}
      href={href}
      about={aboutRun(run)}
      tags={tagsOf(run)}
      taken={run.taken}
      places={run.capacity}
      waiting={run.waiting}
      toBeDrawn={run.toBeDrawn}
    />
  ) : (
    <RunRow
      level={2}
      day={null}
      title={course.title}
      href={href}
      about={`${modeNames[course.mode]} · ${sayHours(course.hours)}`}
      beside={<small>No dates yet</small>}
    />
  )
}

const Nothing = ({ wanted }: { wanted: Wanted }) => (
  <Empty title={wanted.q ? `No course fits “${wanted.q}”` : 'No course fits all of that'}>
    <p>
      {wanted.q
        ? 'Try one word for what you want to do, such as “doorstep”, “leaflet” or “council”.'
        : 'Ask for less at once: another strand, any level, or courses online as well.'}
    </p>
    <p>
      <Link href="/courses">Show every course</Link>
    </p>
  </Empty>
)

/** "7 courses", "1 course", "No courses" */
const sayCount = (total: number): string =>
  total === 0 ? 'No courses' : total === 1 ? '1 course' : `${total.toLocaleString('en-GB')} courses`
