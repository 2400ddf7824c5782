/** What members are written about help they asked for. What it is for, and how much, stays out of the mail: they read it on their page. */
import { sayDay } from '#core/days'
import { type Letter, post } from '#platform/mail'
import type { Visit } from '#platform/web'

/** What has happened with a request. */
export type Step = 'waits' | 'to decide' | 'awarded' | 'refused' | 'paid' | 'withdrawn' | 'ended'

interface Told {
  person: string
  name: string
  email: string | null
  title: string | null
  startsOn: string | null
  academy: string
  academyEmail: string | null
}

/** Writes to the member of a request that this person may see. */
export async function tellStep({ db, address }: Visit, step: Step, request: string): Promise<void> {
  const told: Told | undefined = await db
    .selectFrom('help_request')
    .innerJoin('person', 'person.id', 'help_request.person_id')
    .innerJoin('academy', 'academy.id', 'help_request.academy_id')
    .leftJoin('run', 'run.id', 'help_request.run_id')
    .leftJoin('course_version', 'course_version.id', 'run.course_version_id')
    .where('help_request.id', '=', request)
    .select(['person.id as person', 'person.name', 'person.email', 'course_version.title', 'run.starts_on as startsOn'])
    .select(['academy.name as academy', 'academy.email as academyEmail'])
    .executeTakeFirst()
  if (!told || told.email === null) return
  await post(db, [{ person: told.person, address: told.email, ...letterFor(step, told, address) }])
}

function letterFor(step: Step, told: Told, address: string): Pick<Letter, 'kind' | 'subject' | 'body'> {
  const { subject, parts } = words[step](told.title === null ? 'your training' : `${told.title}, ${fromDay(told)}`)
  const body = [
    `Dear ${told.name.trim().split(/\s+/u)[0] || 'friend'},`,
    ...parts,
    `What you asked for is private, so it is not in this letter. Read it here:\n${address}/me/help`,
    `${told.academy}${told.academyEmail ? `\n${told.academyEmail}` : ''}`,
    'You get this letter because you asked the academy to help you take part. Trainers do not see that you did.',
  ].join('\n\n')
  return { kind: `help-${step.replace(' ', '-')}`, subject, body }
}

const fromDay = ({ startsOn }: Told): string => (startsOn === null ? '' : `from ${sayDay(startsOn)}`)

const words: Record<Step, (what: string) => { subject: string; parts: string[] }> = {
  waits: () => ({
    subject: 'We have what you asked for',
    parts: [
      'Thank you for telling us what would help you to take part. Asking does not change whether you get a place, and nobody at the academy sees it before you have one.',
      'As soon as you have a place it is decided, and we write to you again.',
    ],
  }),
  'to decide': (what) => ({
    subject: 'We are looking at what you asked for',
    parts: [
      `You have a place on ${what}, so what you asked for is now decided. Two people at the academy look at it, and neither of them leads the run.`,
      'We write to you as soon as they have. You need do nothing until then.',
    ],
  }),
  awarded: (what) => ({
    subject: 'Yes: we can help you to take part',
    parts: [
      `The answer is yes. We can help you with ${what}.`,
      'Keep receipts for what you pay yourself. If you give up your place, the help goes to someone else.',
    ],
  }),
  refused: (what) => ({
    subject: 'We cannot help in the way you asked',
    parts: [
      `We are sorry: two people at the academy looked at what you asked for with ${what}, and we cannot give it. They say why on your page.`,
      'Your place is yours all the same. If something else would help, please ask, or write back to the academy.',
    ],
  }),
  paid: (what) => ({
    subject: 'Your help is paid or arranged',
    parts: [
      `What we promised you for ${what} is now paid or arranged. Your page says how.`,
      'Please tell us there once it has reached you. That helps us to account for the money.',
    ],
  }),
  withdrawn: (what) => ({
    subject: 'You have taken back what you asked for',
    parts: [
      `You have taken back what you asked for with ${what}. Nothing more happens with it.`,
      'You can ask again at any time while you have a place.',
    ],
  }),
  ended: (what) => ({
    subject: 'What you asked for has ended with your place',
    parts: [
      `You have no place on ${what} any more, so the help you asked for with it has ended too. You owe nothing.`,
      'If you ask for another place, you can ask for help with that.',
    ],
  }),
}
