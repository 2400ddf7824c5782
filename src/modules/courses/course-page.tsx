import { sayDate } from '#core/days'
import { Button, Empty, Form, Link, LinkButton, Notice, Page, Row, Section, Sides, Stack, Tag } from '#design'
import type { Visit } from '#platform/web'
import type { RunAhead } from './ahead.ts'
import { strandNames } from './course.ts'
import { CourseBody, CourseFacts } from './course-text.tsx'
import type { NearWhat } from './near.ts'
import { type Course, type CourseName, mayWrite } from './reading.ts'
import { RunList } from './run-list.tsx'

export interface CourseShown {
  course: Course
  needs: readonly CourseName[]
  leadsTo: readonly CourseName[]
  runs: readonly RunAhead[]
  /** The address that shows more of them, where there are more. */
  more: string | undefined
  near: NearWhat
  /** Whether this person asked to be told of runs. */
  wished: boolean
}

/** A course: what it is, its runs ahead, and where it leads. */
export const CoursePage = (
  { course, needs, leadsTo, runs, more, near, wished }: CourseShown,
  { frame, actor }: Visit,
) => (
  <Page frame={frame} title={course.title} current="/courses" crumbs={[{ href: '/courses', label: 'Courses' }]}>
    <Stack gap="wide">
      <Stack>
        <Row>
          <Tag>{strandNames[course.strand]}</Tag>
          {course.publishedNumber === null && <Tag tone="wait">Not published yet</Tag>}
        </Row>
        <h1>{course.title}</h1>
        <p class="lede">{course.summary}</p>
        {mayWrite(actor) && <StaffLinks course={course} />}
        {course.retiredOn && (
          <Notice tone="wait" title="This course is no longer offered">
            <p>It was retired on {sayDate(course.retiredOn)}. Runs that already have a date go on.</p>
          </Notice>
        )}
      </Stack>
      <Sides>
        <Stack gap="wide">
          <Section title={near.area && runs.length > 0 ? `Runs, nearest to ${near.area.name} first` : 'Runs'}>
            {runs.length > 0 ? <RunList runs={runs} titled="by time" /> : <NoRuns course={course} />}
            {more && (
              <p>
                <Link href={more}>Show more dates</Link>
              </p>
            )}
            {course.retiredOn === null && course.publishedNumber !== null && (
              <Wishing slug={course.slug} wished={wished} actor={actor} csrf={frame.csrf} />
            )}
          </Section>
          <CourseBody course={course} />
        </Stack>
        <Stack>
          <CourseFacts course={course} needs={needs} leadsTo={leadsTo} />
        </Stack>
      </Sides>
    </Stack>
  </Page>
)

/** Asking to be told of the runs to come; who is not signed in is asked to first. */
const Wishing = ({
  slug,
  wished,
  actor,
  csrf,
}: {
  slug: string
  wished: boolean
  actor: Visit['actor']
  csrf: string
}) =>
  wished ? (
    <p class="quiet">
      We write to you when a run near you is published. <Link href="/me/wishes">Everything I asked for</Link>
    </p>
  ) : actor.member ? (
    <Form action={`/courses/${slug}/wish`} csrf={csrf}>
      <Row>
        <Button kind="second">Tell me when this runs near me</Button>
      </Row>
    </Form>
  ) : actor.kind === 'person' ? null : (
    <Row>
      <LinkButton href={`/courses/${slug}/wish`} kind="second">
        Tell me when this runs near me
      </LinkButton>
    </Row>
  )

const NoRuns = ({ course }: { course: Course }) => (
  <Empty title="No dates yet">
    <p>
      No academy has set a date for this course. You can ask yours when it will, or look for another course in the same
      strand.
    </p>
    <Row>
      <Link href="/academies">Find your academy</Link>
      <Link href={`/courses?strand=${course.strand}`}>More in {strandNames[course.strand].toLowerCase()}</Link>
    </Row>
  </Empty>
)

const StaffLinks = ({ course }: { course: Course }) => (
  <Row>
    <LinkButton href={`/courses/${course.slug}/edit`} kind="second">
      Change this course
    </LinkButton>
    <Link href={`/courses/${course.slug}/versions`}>
      {course.newestNumber === 1 ? 'One version' : `${course.newestNumber} versions`}
    </Link>
    {course.publishedNumber !== null && course.publishedNumber < course.newestNumber && (
      <span class="quiet">
        Version {course.newestNumber} is a draft. People read version {course.publishedNumber}.
      </span>
    )}
  </Row>
)
