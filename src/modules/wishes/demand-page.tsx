/** The coordinator's page of what people wish for: by course, and for one course by where they live. */
import { Empty, Figures, Link, LinkButton, Page, Row, Stack, Table } from '#design'
import type { Visit } from '#platform/web'
import { areaListing, courseListing, type Demand, type WishedArea, type WishedCourse } from './demand.ts'
import { reach } from './tell.ts'

export const DemandPage = (demand: Demand, visit: Visit) =>
  demand.course && demand.areas ? (
    <OneCourse course={demand.course} areas={demand.areas} visit={visit} />
  ) : (
    <AllCourses courses={demand.courses!} visit={visit} />
  )

const title = 'What people wish for'

const AllCourses = ({ courses, visit }: { courses: NonNullable<Demand['courses']>; visit: Visit }) => {
  const list = courseListing(visit)
  return (
    <Page frame={visit.frame} title={title} current="/coordinating" crumbs={[coordinating]} wide>
      <Stack gap="roomy">
        <h1>{title}</h1>
        <p class="lede">
          Members in your area who asked to be told when a course runs near them, against the places still free at your
          academies.
        </p>
        <Table<WishedCourse>
          caption="Courses that members wish for"
          quietCaption
          dense
          columns={[
            {
              key: 'title',
              label: 'Course',
              ...list.by('title'),
              cell: ({ slug, title: name }) => <Link href={`/wishes?course=${slug}`}>{name}</Link>,
            },
            { key: 'asking', label: 'Asking', number: true, ...list.by('asking') },
            { key: 'areas', label: 'Constituencies', number: true, ...list.by('areas') },
            { key: 'runs', label: 'Runs ahead', number: true },
            { key: 'free', label: 'Places free', number: true, ...list.by('free') },
            {
              key: 'do',
              label: 'Plan',
              selfEvident: true,
              cell: ({ slug, title: name }) => (
                <Link href={`/runs/new?course=${slug}`} about={`of ${name}`}>
                  Schedule a run
                </Link>
              ),
            },
          ]}
          rows={courses.rows}
          paging={list.paging(courses.total)}
          csv="/wishes.csv"
          empty={
            <Empty title="Nobody in your area has asked yet">
              <p>Every course has a button, “Tell me when this runs near me”. Who uses it is counted here.</p>
            </Empty>
          }
        />
      </Stack>
    </Page>
  )
}

const OneCourse = ({
  course,
  areas,
  visit,
}: {
  course: WishedCourse
  areas: NonNullable<Demand['areas']>
  visit: Visit
}) => {
  const list = areaListing(visit)
  return (
    <Page
      frame={visit.frame}
      title={`Who wishes for ${course.title}`}
      current="/coordinating"
      crumbs={[coordinating, { href: '/wishes', label: title }]}
      wide
    >
      <Stack gap="roomy">
        <h1>Who wishes for {course.title}</h1>
        <Figures
          items={[
            { value: course.asking, label: course.asking === 1 ? 'member asking' : 'members asking' },
            { value: course.runs, label: course.runs === 1 ? 'run ahead' : 'runs ahead' },
            { value: course.free, label: course.free === 1 ? 'place free' : 'places free' },
          ]}
        />
        <p>
          Once you publish a run, everyone who asked and lives within {reach} miles of it is invited by letter; for one
          online, everyone who asked.
        </p>
        <Row>
          <LinkButton href={`/runs/new?course=${course.slug}`}>Schedule a run</LinkButton>
          <Link href={`/courses/${course.slug}`}>Read about the course</Link>
        </Row>
        <Table<WishedArea>
          caption="Where they live"
          columns={[
            {
              key: 'name',
              label: 'Constituency',
              ...list.by('name'),
              cell: ({ code, name }) => <Link href={`/areas/${code}`}>{name}</Link>,
            },
            { key: 'asking', label: 'Asking', number: true, ...list.by('asking') },
            { key: 'runs', label: 'Runs there', number: true },
            { key: 'free', label: 'Places free there', number: true, ...list.by('free') },
          ]}
          dense
          rows={areas.rows}
          paging={list.paging(areas.total)}
        />
      </Stack>
    </Page>
  )
}

const coordinating = { href: '/coordinating', label: 'Coordinating' }
