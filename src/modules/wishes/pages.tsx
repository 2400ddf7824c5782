/** A member's pages: asking to be told of one course, and all that they asked for. */
import { dayOf, sayDate } from '#core/days'
import type { Problems } from '#core/refusal'
import { Button, Empty, Form, Link, LinkButton, Notice, Page, Row, Section, Stack, Table } from '#design'
import type { Visit } from '#platform/web'
import { findCourse, type Wish, wishesOf } from './wish.ts'
import { reach } from './tell.ts'

export interface Asking {
  slug: string
  title: string
  wish: Wish | undefined
}

export async function loadAsking(visit: Visit, { slug }: { slug: string }): Promise<Asking | undefined> {
  const course = await findCourse(visit, slug)
  if (!course) return undefined
  const wishes = await wishesOf(visit, visit.actor.id)
  return { slug, title: course.title, wish: wishes.find((wish) => wish.course === slug) }
}

export const AskingPage = ({ slug, title, wish }: Asking, visit: Visit, problems?: Problems) => (
  <Page
    frame={visit.frame}
    title={`Tell me when ${title} runs near me`}
    current="/courses"
    crumbs={[
      { href: '/courses', label: 'Courses' },
      { href: `/courses/${slug}`, label: title },
    ]}
    problems={problems}
  >
    <Stack>
      <h1>Tell me when {title} runs near me</h1>
      {wish ? (
        <Notice tone="go" title="You are on the list">
          <p>
            {nearWords(wish.near)} <Link href="/me/wishes">Everything I asked for</Link>
          </p>
        </Notice>
      ) : (
        <>
          <p>
            We write to you once for each run that is published within {reach} miles of where you live, or online. You
            can stop that at any time. The academies see how many people ask and in which constituency, not who.
          </p>
          {visit.actor.areaCode === null && (
            <Notice tone="wait" title="We do not know where you live">
              <p>
                So we can only tell you of runs online. <Link href="/me/data">Add your postcode</Link>, and then ask.
              </p>
            </Notice>
          )}
          {visit.actor.member ? (
            <Form action={`/courses/${slug}/wish`} csrf={visit.frame.csrf}>
              <Button>Tell me</Button>
            </Form>
          ) : (
            <p>This is for members on the roll.</p>
          )}
        </>
      )}
    </Stack>
  </Page>
)

const nearWords = (near: string | null): string =>
  near === null ? 'We tell you of runs online.' : `We tell you of runs near ${near} and online.`

export const loadMyWishes = (visit: Visit): Promise<Wish[]> => wishesOf(visit, visit.actor.id)

export const MyWishesPage = (wishes: Wish[], visit: Visit, problems?: Problems) => (
  <Page
    frame={visit.frame}
    title="Courses I want to hear of"
    current="/me"
    crumbs={[{ href: '/me', label: 'My training' }]}
    problems={problems}
  >
    <Stack gap="roomy">
      <h1>Courses I want to hear of</h1>
      {wishes.length === 0 ? (
        <Empty title="There is no course on your list">
          <p>Each course has a button, “Tell me when this runs near me”.</p>
          <p>
            <LinkButton href="/courses">Find a course</LinkButton>
          </p>
        </Empty>
      ) : (
        <>
          <p>
            When a run of one of these is published within {reach} miles of you or online, we write to you once. Places
            are not kept for you: you then ask for one.
          </p>
          <Table<Wish>
            caption="Courses I asked to be told of"
            quietCaption
            columns={[
              {
                key: 'title',
                label: 'Course',
                cell: ({ course, title }) => <Link href={`/courses/${course}`}>{title}</Link>,
              },
              { key: 'near', label: 'Near', cell: ({ near }) => near ?? 'Online only' },
              { key: 'told', label: 'Letters', cell: sayTold },
              {
                key: 'end',
                label: 'Stop',
                selfEvident: true,
                cell: ({ id, title }) => (
                  <Form action={`/wishes/${id}/withdrawal`} csrf={visit.frame.csrf}>
                    <Row>
                      <Button kind="second" about={`telling me of ${title}`}>
                        Stop
                      </Button>
                    </Row>
                  </Form>
                ),
              },
            ]}
            rows={wishes}
            folds
          />
        </>
      )}
      <Section title="What else you can do" gap="close">
        <Row>
          <Link href="/me/places">My places</Link>
          <Link href="/courses">Courses with dates</Link>
        </Row>
      </Section>
    </Stack>
  </Page>
)

const sayTold = ({ told, toldAt }: Wish): string =>
  toldAt === null ? 'None yet' : `${told === 1 ? 'One' : told}, last on ${sayDate(dayOf(toldAt))}`
