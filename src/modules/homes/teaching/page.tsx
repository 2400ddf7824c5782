import { type Day, dayOf, sayShortDay, sayTimes } from '#core/days'
import { Card, Empty, Figures, LinkButton, Page, Row, RunRow, Runs, Section, Sides, Stack } from '#design'
import type { Visit } from '#platform/web'
import { greetingFor } from '../greeting.ts'
import type { TaughtSession, Teaching } from './teaching.ts'

/** A trainer's home: today first, then registers to finish, then what is next. */
export const TeachingPage = (the: Teaching, { frame, actor, now, today }: Visit) => (
  <Page frame={frame} title="Teaching" current="/teaching">
    <Sides>
      <Stack gap="wide">
        <Stack>
          <h1>{greetingFor(actor.name, now)}</h1>
          {the.today.map((session) => (
            <Today session={session} />
          ))}
          {the.today.length === 0 && <p class="lede">{nothingToday(the)}</p>}
        </Stack>
        {the.registers.length > 0 && (
          <Section title="Registers to finish">
            <Runs>
              {the.registers.map((session) => (
                <RunRow
                  day={dayOf(session.startsAt)}
                  title={`${session.course}: ${session.title}`}
                  href={`/sessions/${session.id}/register`}
                  about={sayAbout(session, today)}
                  beside={<small>{session.taken === 1 ? '1 person' : `${session.taken} people`} to mark</small>}
                />
              ))}
            </Runs>
          </Section>
        )}
        <Section title="Next">
          {the.next.length === 0 ? (
            <Empty title="No sessions ahead">
              <p>When a coordinator puts you down as a trainer of a run, its sessions stand here.</p>
            </Empty>
          ) : (
            <Runs>
              {the.next.map((session) => (
                <RunRow
                  day={dayOf(session.startsAt)}
                  title={session.course}
                  href={`/runs/${session.run}`}
                  about={sayAbout(session, today)}
                  taken={session.taken}
                  places={session.capacity}
                  waiting={session.waiting}
                />
              ))}
            </Runs>
          )}
        </Section>
      </Stack>
      <Stack gap="wide">
        <Figures
          items={[
            { value: the.led, label: the.led === 1 ? 'session led' : 'sessions led' },
            {
              value: the.registers.length,
              label: the.registers.length === 1 ? 'register to finish' : 'registers to finish',
            },
          ]}
        />
        <Section title="In your own calendar" gap="close">
          <p>Sessions that you lead can stand in the calendar on your phone, and change there when they change here.</p>
          <p>
            <a href="/me/calendar">Add to my calendar</a>
          </p>
        </Section>
        <Section title="Courses" gap="close">
          <p>What each session is for, and how it is laid out, stands with its course.</p>
          <p>
            <a href="/courses">All courses</a>
          </p>
        </Section>
      </Stack>
    </Sides>
  </Page>
)

const Today = ({ session }: { session: TaughtSession }) => (
  <Card kind="next" title={`Today: ${session.course}`}>
    <p>
      {sayTimes(session.startsAt, session.endsAt)}, {session.where}. {sayNumber(session)}{' '}
      {session.taken === 1 ? 'One person has a place.' : `${session.taken} people have a place.`}
      {session.others.length > 0 && ` With ${sayList(session.others)}.`}
    </p>
    <Row>
      <LinkButton href={`/sessions/${session.id}/register`}>
        {session.registerDoneAt ? 'Look at the register' : 'Take the register'}
      </LinkButton>
      <LinkButton href={`/sessions/${session.id}/sheet`} kind="second">
        Sheet to print
      </LinkButton>
      <a href={`/runs/${session.run}`}>About the run</a>
    </Row>
  </Card>
)

const sayNumber = ({ number, sessions, title }: TaughtSession): string =>
  sessions > 1 ? `Session ${number} of ${sessions}: ${title}.` : `${title}.`

/** "Thu 14 Jan, 7 to 9 pm · session 2 of 4 · Sutton Community Academy · with Callum Reid" */
const sayAbout = (session: TaughtSession, today: Day): string =>
  [
    `${sayShortDay(dayOf(session.startsAt), today)}, ${sayTimes(session.startsAt, session.endsAt)}`,
    session.sessions > 1 && `session ${session.number} of ${session.sessions}`,
    session.where,
    session.others.length > 0 && `with ${sayList(session.others)}`,
  ]
    .filter(Boolean)
    .join(' · ')

const nothingToday = ({ next, registers }: Teaching): string => {
  if (registers.length > 0) return 'You lead nothing today, so there is time for the registers below.'
  return next.length > 0 ? 'You lead nothing today.' : 'You lead no sessions at the moment.'
}

const list = new Intl.ListFormat('en-GB')
const sayList = (names: readonly string[]): string => list.format(names)
