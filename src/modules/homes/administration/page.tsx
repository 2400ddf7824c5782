import { dayOf, sayDate, sayTime } from '#core/days'
import { holds, type Permission } from '#core/rights'
import { Facts, Figures, Notice, Page, Section, Sides, Stack } from '#design'
import type { Visit } from '#platform/web'
import { mostCounted, type RollImport, type State, troublesIn } from './state.ts'

/** The administrator's home: how the installation stands, and the way to what they look after. */
export const AdministrationPage = (state: State, visit: Visit) => {
  const { frame, actor } = visit
  const troubles = troublesIn(state, visit)
  const { figures, mail, jobs, record, roll } = state
  return (
    <Page frame={frame} title="Administration" current="/administration">
      <Sides>
        <Stack gap="wide">
          <Stack>
            <h1>Administration</h1>
            {troubles.length === 0 ? (
              <Notice tone="go" title="All is well">
                <p>{visit.sendsMail ? 'Mail goes out, jobs are done' : 'Jobs are done'}, and the record is sealed.</p>
              </Notice>
            ) : (
              <Notice tone="stop" title={troubles.length === 1 ? 'Something needs you' : 'Some things need you'}>
                <ul>
                  {troubles.map((trouble) => (
                    <li>{trouble}</li>
                  ))}
                </ul>
              </Notice>
            )}
            <Figures
              items={[
                { value: figures.members, label: figures.members === 1 ? 'member' : 'members' },
                { value: figures.others, label: 'others known' },
                { value: figures.sessions, label: figures.sessions === 1 ? 'browser signed in' : 'browsers signed in' },
                {
                  value: figures.academies,
                  label: figures.academies === 1 ? 'academy' : 'academies',
                  href: '/academies',
                },
              ]}
            />
            <p class="quiet">
              Counted on {sayDate(dayOf(figures.countedAt))} at {sayTime(figures.countedAt)}, every five minutes.
            </p>
          </Stack>
          <Section title="How it stands">
            <Facts
              items={[
                ['Roll', sayRoll(roll)],
                ['Mail', sayMail(mail, visit.sendsMail)],
                ['Jobs', sayJobs(jobs)],
                ['Record', `${counted(record.sealed)} sealed, ${counted(record.unsealed)} not yet`],
              ]}
            />
          </Section>
        </Stack>
        <Section title="To look after">
          <Stack>
            {tasks
              .filter(
                ({ needs, demonstration }) => holds(actor.rights, needs) && (!demonstration || frame.demonstration),
              )
              .map(({ href, label, what }) => (
                <p>
                  <a href={href}>{label}</a>
                  <br />
                  <small>{what}</small>
                </p>
              ))}
          </Stack>
        </Section>
      </Sides>
    </Page>
  )
}

const tasks: readonly {
  href: string
  label: string
  what: string
  needs: Permission
  /** Whether its page is there only in the demonstration. */
  demonstration?: boolean
}[] = [
  {
    href: '/administration/rights',
    label: 'Rights',
    what: 'who may do what, where and until when',
    needs: 'rights.grant',
  },
  { href: '/administration/people', label: 'People', what: 'find a person', needs: 'people.find' },
  {
    href: '/administration/imports',
    label: 'Imports',
    what: 'each reading of the membership roll',
    needs: 'people.import',
  },
  { href: '/administration/record', label: 'Record', what: 'who did what, and when', needs: 'record.read' },
  {
    href: '/outbox',
    label: 'Outbox',
    what: 'the letters that would have been sent',
    needs: 'mail.see',
    demonstration: true,
  },
  { href: '/academies', label: 'Academies', what: 'staff, venues and the areas they serve', needs: 'academies.edit' },
  {
    href: '/measures',
    label: 'Measures',
    what: 'for whom seats are held first, why, and until when',
    needs: 'measures.keep',
  },
  {
    href: '/equality',
    label: 'Who takes part',
    what: 'figures of whom the programme reaches, that tell of nobody',
    needs: 'equality.see',
  },
]

function sayRoll(roll: RollImport | null): string {
  if (!roll) return 'No roll has been read yet'
  const { added, changed, closed, refused } = roll
  const what = `${counted(added)} added, ${counted(changed)} changed, ${counted(closed)} closed, ${counted(refused)} refused`
  return roll.finishedAt
    ? `Read on ${sayDate(dayOf(roll.finishedAt))}: ${what}`
    : `Begun on ${sayDate(dayOf(roll.startedAt))}, not finished: ${what}`
}

function sayMail({ waiting, failed }: State['mail'], sends: boolean): string {
  const many = waiting > mostCounted ? `more than ${counted(mostCounted)}` : counted(waiting)
  if (!sends) return `No mail server is set, so ${many} ${waiting === 1 ? 'letter is' : 'letters are'} kept unsent`
  return failed > 0 ? `${many} waiting, ${counted(failed)} of them failed` : `${many} waiting`
}

const sayJobs = ({ due, later, failing, givenUp }: State['jobs']): string =>
  [
    `${counted(due)} due`,
    `${counted(later)} for later`,
    ...unless(failing, 'failing'),
    ...unless(givenUp, 'given up'),
  ].join(', ')

/** What is said of a figure only where it is not nought. */
const unless = (count: number, words: string): string[] => (count === 0 ? [] : [`${counted(count)} ${words}`])

const counted = (count: number): string => count.toLocaleString('en-GB')
