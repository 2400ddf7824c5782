import { Facts, Link, PlainList, Prose, Section, Stack } from '#design'
import { type CourseText, levelNames, modeNames, sayHours, type CourseSession } from './course.ts'
import type { CourseName } from './reading.ts'

/** What a course is, for whom, what one will be able to do, and session by session how. */
export const CourseBody = ({ course }: { course: CourseText }) => (
  <Stack gap="wide">
    <Prose text={course.description} />
    <Section title="You will be able to" gap="close">
      <ul>
        {course.outcomes.map((outcome) => (
          <li>{outcome}</li>
        ))}
      </ul>
    </Section>
    <Section title="Session by session" gap="roomy">
      {course.sessions.map((session, index) => (
        <SessionOutline session={session} number={index + 1} />
      ))}
    </Section>
    <Section title="What you do with it" gap="close">
      <p>{course.practice}</p>
    </Section>
  </Stack>
)

const SessionOutline = ({ session, number }: { session: CourseSession; number: number }) => (
  <Stack gap="close">
    <h3>
      {number}. {session.title}
    </h3>
    <p class="quiet">{sayMinutes(session.minutes)}</p>
    <Prose text={session.outline} under={3} />
  </Stack>
)

/** The facts beside it. */
export const CourseFacts = ({
  course,
  needs,
  leadsTo,
}: {
  course: CourseText
  needs: readonly CourseName[]
  leadsTo: readonly CourseName[]
}) => (
  <Facts
    items={[
      ['For', course.who],
      ['Level', levelNames[course.level]],
      ['Takes', `${sayHours(course.hours)}, ${sayCount(course.sessions.length)}`],
      ['Given', modeNames[course.mode]],
      ['First take', needs.length > 0 && <CourseLinks courses={needs} />],
      ['Leads to', leadsTo.length > 0 && <CourseLinks courses={leadsTo} />],
      ['Accredited', course.accreditation],
    ]}
  />
)

const CourseLinks = ({ courses }: { courses: readonly CourseName[] }) => (
  <PlainList
    gap="tight"
    items={courses.map(({ slug, title }) => (
      <Link href={`/courses/${slug}`}>{title}</Link>
    ))}
  />
)

const sayCount = (sessions: number): string => (sessions === 1 ? 'one session' : `${sessions} sessions`)

/** "2 hours", "90 minutes", "1 hour and 15 minutes" */
export function sayMinutes(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (minutes < 120 && rest > 0) return `${minutes} minutes`
  return rest === 0 ? sayHours(hours) : `${sayHours(hours)} and ${rest} minutes`
}
