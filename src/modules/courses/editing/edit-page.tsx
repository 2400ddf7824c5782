import type { Problems } from '#core/refusal'
import {
  Button,
  Choices,
  Fold,
  Form,
  Link,
  Notice,
  Page,
  Row,
  Section,
  Select,
  Stack,
  TextArea,
  TextField,
} from '#design'
import type { Visit } from '#platform/web'
import { type CourseText, levelNames, modeNames, strandNames } from '../course.ts'
import { CourseBody, sayMinutes } from '../course-text.tsx'
import type { Course, CourseName } from '../reading.ts'
import { withSessions } from './fields.ts'

export interface Editing {
  /** The newest version; none for a course that is new. */
  course: Course | undefined
  /** Every course, to choose what comes before and after. */
  others: readonly CourseName[]
  /** What is being written, as people would read it. */
  preview?: CourseText | undefined
}

/** The form in which a course is written, with what was typed and, where asked for, how it will read. */
export function EditPage({ course, others, preview }: Editing, { frame, typed }: Visit, problems?: Problems) {
  const title = course ? `Change ${course.title}` : 'Write a course'
  const at = course ? `/courses/${course.slug}` : '/courses'
  const crumbs = [{ href: '/courses', label: 'Courses' }, ...(course ? [{ href: at, label: course.title }] : [])]
  const given = { typed, problems }
  return (
    <Page frame={frame} title={title} current="/courses" crumbs={crumbs} problems={problems}>
      <Stack gap="wide">
        <Stack gap="close">
          <h1>{title}</h1>
          <p class="lede">
            {course
              ? 'What you save is a new version. People read it once it is published.'
              : 'What you save is a draft. People can read it once it is published.'}
          </p>
        </Stack>
        {problems?.['began'] && course && <Conflict course={course} began={typed['began']} />}
        {preview && <Preview text={preview} />}
        <Form action={course ? `${at}/edit` : '/courses/new'} csrf={frame.csrf}>
          {course && <input type="hidden" name="began" value={beganFrom(course, typed, problems)} />}
          <Stack gap="wide">
            <About course={course} {...given} />
            <Links course={course} others={others.filter(({ slug }) => slug !== course?.slug)} {...given} />
            <Sessions sessions={sessionsIn(course, typed)} problems={problems} />
            <Row>
              <Button>Save as a draft</Button>
              <Button kind="second" formaction={`${at}/preview`}>
                Look at it first
              </Button>
              <Link href={at}>Leave it as it was</Link>
            </Row>
          </Stack>
        </Form>
      </Stack>
    </Page>
  )
}

type Given = { typed: Visit['typed']; problems: Problems | undefined }

/** Once someone was told that another saved first, they go on from what that one saved. */
const beganFrom = (course: Course, typed: Visit['typed'], problems: Problems | undefined): string =>
  problems?.['began'] === undefined && typeof typed['began'] === 'string' ? typed['began'] : String(course.newestNumber)

const Conflict = ({ course, began }: { course: Course; began: unknown }) => (
  <div id="began">
    <Notice tone="wait" title="Someone else saved this course while you were writing">
      <p>Nothing that you wrote is lost: it is in the form below. If you save again, yours becomes the next version.</p>
      {typeof began === 'string' && /^\d{1,7}$/.test(began) && (
        <p>
          <Link href={`/courses/${course.slug}/comparison?from=${began}&to=${course.newestNumber}`}>
            See what they changed
          </Link>
        </p>
      )}
    </Notice>
  </div>
)

const Preview = ({ text }: { text: CourseText }) => (
  <Fold title="This is how it will read. It is not saved yet." open>
    <h2>{text.title}</h2>
    <p class="lede">{text.summary}</p>
    <CourseBody course={text} />
  </Fold>
)

const optionsOf = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }))

const About = ({ course, ...given }: { course: Course | undefined } & Given) => (
  <Section title="What it is" gap="roomy">
    <TextField name="title" label="Title" value={course?.title} maxlength={80} {...given} />
    <Select
      name="strand"
      label="Strand"
      empty="Choose one"
      options={optionsOf(strandNames)}
      value={course?.strand}
      {...given}
    />
    <Select
      name="level"
      label="Level"
      empty="Choose one"
      options={optionsOf(levelNames)}
      value={course?.level}
      {...given}
    />
    <Choices
      kind="radio"
      name="mode"
      label="How it is given"
      options={optionsOf(modeNames)}
      chosen={course?.mode}
      {...given}
    />
    <TextArea
      name="summary"
      label="Summary"
      hint="Two sentences, 220 characters at most. They are read first, and searched."
      value={course?.summary}
      rows={3}
      maxlength={220}
      {...given}
    />
    <TextArea name="who" label="Who it is for" value={course?.who} rows={2} maxlength={300} {...given} />
    <TextArea
      name="outcomes"
      label="You will be able to"
      hint="One on each line, such as: open a conversation with anyone"
      value={course?.outcomes.join('\n')}
      rows={5}
      {...given}
    />
    <TextArea
      name="description"
      label="Description"
      hint="You can use *emphasis*, lists that begin with - and [links](https://example.org)."
      value={course?.description}
      rows={10}
      maxlength={5000}
      {...given}
    />
    <TextArea
      name="practice"
      label="What people do with it afterwards"
      hint="The practice, in a real community."
      value={course?.practice}
      rows={3}
      maxlength={500}
      {...given}
    />
    <TextField
      name="accreditation"
      label="Accreditation"
      optional
      value={course?.accreditation}
      maxlength={200}
      {...given}
    />
  </Section>
)

const Links = ({ course, others, ...given }: { course: Course | undefined; others: readonly CourseName[] } & Given) => {
  const options = others.map(({ slug, title }) => ({ value: slug, label: title }))
  const wrong = given.problems?.['prerequisites'] ?? given.problems?.['leadsTo']
  return (
    <Section title="What comes before and after">
      <Fold title="Courses to take first" open={wrong !== undefined}>
        <Choices
          kind="checkbox"
          name="prerequisites"
          label="Take first"
          options={options}
          chosen={course?.prerequisites}
          {...given}
        />
      </Fold>
      <Fold title="Courses that it leads to" open={wrong !== undefined}>
        <Choices
          kind="checkbox"
          name="leadsTo"
          label="Leads to"
          options={options}
          chosen={course?.leadsTo}
          {...given}
        />
      </Fold>
    </Section>
  )
}

interface Slot {
  title?: unknown
  minutes?: unknown
  outline?: unknown
}

/** The sessions to show: as typed, or as they were; without those left empty. */
function sessionsIn(course: Course | undefined, typed: Visit['typed']): readonly Slot[] {
  const said = withSessions(typed)['sessions']
  return Array.isArray(said) ? (said as Slot[]) : (course?.sessions ?? [])
}

const emptySlots = 2

const Sessions = ({ sessions, problems }: { sessions: readonly Slot[]; problems: Problems | undefined }) => {
  const total = sessions.reduce((sum, { minutes }) => sum + (Number(minutes) || 0), 0)
  return (
    <Section title="Sessions" gap="roomy">
      <p id="sessions">
        {total > 0 ? `${sayMinutes(total)} in all. ` : ''}To take one out, empty its fields. For more room, choose “Look
        at it first”: there are always {emptySlots} empty ones at the end.
      </p>
      {Array.from({ length: sessions.length + emptySlots }, (_, at) => (
        <SessionFields at={at} slot={sessions[at] ?? {}} problems={problems} />
      ))}
    </Section>
  )
}

const SessionFields = ({ at, slot, problems }: { at: number; slot: Slot; problems: Problems | undefined }) => {
  const name = (part: string) => `sessions.${at}.${part}`
  const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? value : undefined)
  return (
    <Stack gap="close">
      <h3>Session {at + 1}</h3>
      <TextField name={name('title')} label="Its title" value={text(slot.title)} maxlength={100} problems={problems} />
      <TextField
        name={name('minutes')}
        label="How long it is"
        value={text(slot.minutes)}
        suffix="minutes"
        inputmode="numeric"
        width="short"
        problems={problems}
      />
      <TextArea
        name={name('outline')}
        label="What happens in it"
        value={text(slot.outline)?.toString()}
        rows={6}
        maxlength={4000}
        problems={problems}
      />
    </Stack>
  )
}
