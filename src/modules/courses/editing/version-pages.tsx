import { dayOf, sayDate } from '#core/days'
import type { Problems } from '#core/refusal'
import {
  Button,
  Choice,
  Difference,
  Empty,
  Filter,
  Form,
  Link,
  LinkButton,
  Notice,
  Page,
  Row,
  Section,
  Select,
  Sides,
  Stack,
  Table,
  Tag,
  TitleRow,
} from '#design'
import type { Visit } from '#platform/web'
import { CourseBody, CourseFacts } from '../course-text.tsx'
import { type Course, type CourseName, mayPublish, type VersionLine } from '../reading.ts'
import { differencesOf } from './difference.ts'

export interface Versions {
  course: Course
  versions: readonly VersionLine[]
}

const crumbsTo = (course: Course, versions = false) => [
  { href: '/courses', label: 'Courses' },
  { href: `/courses/${course.slug}`, label: course.title },
  ...(versions ? [{ href: `/courses/${course.slug}/versions`, label: 'Versions' }] : []),
]

/** Every version of a course, what can be compared, and whether the course is offered. */
export function VersionsPage({ course, versions }: Versions, { frame, actor }: Visit, problems?: Problems) {
  const title = `Versions of ${course.title}`
  return (
    <Page frame={frame} title={title} current="/courses" crumbs={crumbsTo(course)} problems={problems}>
      <Stack gap="wide">
        <TitleRow title={title}>
          <LinkButton href={`/courses/${course.slug}/edit`} kind="second">
            Change this course
          </LinkButton>
        </TitleRow>
        <Table
          caption="Versions, the newest first"
          quietCaption
          folds
          columns={[
            {
              key: 'number',
              label: 'Version',
              cell: ({ number }) => <Link href={`/courses/${course.slug}/versions/${number}`}>Version {number}</Link>,
            },
            { key: 'madeAt', label: 'Saved', cell: ({ madeAt }) => sayDate(dayOf(madeAt)) },
            { key: 'madeBy', label: 'By', cell: writerOf },
            { key: 'published', label: 'Read by people', cell: stateOf },
          ]}
          rows={versions}
        />
        {versions.length > 1 && <Compare course={course} numbers={versions.map(({ number }) => number)} />}
        {mayPublish(actor) && <Offering course={course} csrf={frame.csrf} />}
      </Stack>
    </Page>
  )
}

const writerOf = ({ madeBy, fromFile }: VersionLine) => madeBy ?? (fromFile ? 'The catalogue' : 'Someone who has left')

const stateOf = ({ published, publishedAt }: VersionLine) =>
  published ? <Tag tone="go">Now</Tag> : publishedAt ? `From ${sayDate(dayOf(publishedAt))}` : <Tag>Draft</Tag>

const Compare = ({ course, numbers }: { course: Course; numbers: readonly number[] }) => {
  const options = numbers.map((number) => ({ value: String(number), label: `Version ${number}` }))
  return (
    <Section title="What changed">
      <Filter action={`/courses/${course.slug}/comparison`} submit="Compare" label="Compare two versions">
        <Select name="from" label="From" options={options} value={options[1]?.value} />
        <Select name="to" label="To" options={options} value={options[0]?.value} />
      </Filter>
    </Section>
  )
}

const Offering = ({ course, csrf }: { course: Course; csrf: string }) => (
  <Section title="How it is offered" gap="roomy">
    <Form action={`/courses/${course.slug}/several-places`} csrf={csrf} label="Places">
      <Choice
        name="several"
        label="One person may hold places in several runs of it at a time"
        hint="Without this, a place in one run means that no other run can be joined until it ends."
        checked={course.severalPlaces}
      />
      <Row>
        <Button kind="second">Save</Button>
      </Row>
    </Form>
    {course.retiredOn ? (
      <Form action={`/courses/${course.slug}/reopening`} csrf={csrf} label="Offer it again">
        <p>It was retired on {sayDate(course.retiredOn)}, and is not in the catalogue.</p>
        <Row>
          <Button kind="second">Offer it again</Button>
        </Row>
      </Form>
    ) : (
      <Form action={`/courses/${course.slug}/retirement`} csrf={csrf} label="Retire it">
        <p>A retired course is not in the catalogue, and no new run of it can be scheduled. Runs with a date go on.</p>
        <Row>
          <Button kind="grave">Retire this course</Button>
        </Row>
      </Form>
    )}
  </Section>
)

export interface Version {
  course: Course
  needs: readonly CourseName[]
  leadsTo: readonly CourseName[]
}

/** One version, as people would read it, with what can be done with it. */
export function VersionPage({ course, needs, leadsTo }: Version, { frame, actor }: Visit, problems?: Problems) {
  const { slug, number, publishedNumber, newestNumber } = course
  const at = `/courses/${slug}/versions/${number}`
  const older = publishedNumber !== null && number < publishedNumber
  return (
    <Page
      frame={frame}
      title={`${course.title}, version ${number}`}
      current="/courses"
      crumbs={crumbsTo(course, true)}
      problems={problems}
    >
      <Stack gap="wide">
        <Notice tone={number === publishedNumber ? 'go' : 'wait'} title={standing(course)}>
          <Row>
            {number !== publishedNumber && !older && mayPublish(actor) && (
              <Form action={`${at}/publication`} csrf={frame.csrf} label="Publish">
                <Button>Publish this version</Button>
              </Form>
            )}
            {number < newestNumber && (
              <Form action={`${at}/restoration`} csrf={frame.csrf} label="Restore">
                <Button kind="second">Copy it into a new draft</Button>
              </Form>
            )}
            {number === newestNumber && <Link href={`/courses/${slug}/edit`}>Go on writing</Link>}
            {publishedNumber !== null && number !== publishedNumber && (
              <Link
                href={`/courses/${slug}/comparison?from=${Math.min(number, publishedNumber)}&to=${Math.max(number, publishedNumber)}`}
              >
                What differs from version {publishedNumber}, which people read
              </Link>
            )}
          </Row>
        </Notice>
        <Stack>
          <h1>{course.title}</h1>
          <p class="lede">{course.summary}</p>
        </Stack>
        <Sides>
          <CourseBody course={course} />
          <Stack>
            <CourseFacts course={course} needs={needs} leadsTo={leadsTo} />
          </Stack>
        </Sides>
      </Stack>
    </Page>
  )
}

const standing = ({ number, publishedNumber, publishedAt }: Course): string =>
  number === publishedNumber
    ? `Version ${number} is the one that people read`
    : publishedAt
      ? `Version ${number} is an old one, which people read from ${sayDate(dayOf(publishedAt))}`
      : `Version ${number} is a draft`

/** Two versions, field by field: what was taken out and what was added. */
export function ComparisonPage({ from, to }: { from: Course; to: Course }, { frame }: Visit) {
  const title = `From version ${from.number} to version ${to.number}`
  const differences = differencesOf(from, to)
  return (
    <Page frame={frame} title={`${to.title}: ${title.toLowerCase()}`} current="/courses" crumbs={crumbsTo(to, true)}>
      <Stack gap="wide">
        <h1>{title}</h1>
        {differences.length === 0 ? (
          <Empty title="They say the same" />
        ) : (
          differences.map(({ label, lines }) => (
            <Section title={label} gap="close">
              <Difference lines={lines} label={label} />
            </Section>
          ))
        )}
      </Stack>
    </Page>
  )
}
