/** The letter to someone who wished for a course: a run of it is published within reach. */
import { sayDay, sayWhen } from '#core/days'
import type { Letter } from '#platform/mail'
import { accessOf, type Run, whereOf } from '../runs/index.ts'

type Text = Pick<Letter, 'kind' | 'subject' | 'body'>

/** Says that there is a run, where and when, how places are given, and how to get no more such letters. */
export function runLetter(to: { name: string; near: string }, run: Run, address: string): Text {
  const where = run.online ? 'online' : to.near || `in ${run.where}`
  const access = accessOf(run.venue)
  const parts = [
    `Dear ${to.name.trim().split(/\s+/u)[0] || 'friend'},`,
    `You asked us to tell you when ${run.title} runs near you. A run of it is now open, ${where}.`,
    [
      run.sessions.length === 1 ? 'When:' : 'When, all together:',
      ...run.sessions.map(
        ({ title, startsAt, endsAt }) => `  ${sayWhen(startsAt, endsAt)}${title ? `: ${title}` : ''}`,
      ),
      run.online ? 'Where: Online' : `Where: ${whereOf(run)}`,
      access && `Getting in: ${access}.`,
    ]
      .filter(Boolean)
      .join('\n'),
    run.how === 'round'
      ? `Places on it are given in a round: you apply, and it does not matter who is first. Read how on its page:\n${address}/runs/${run.id}`
      : `There are ${run.capacity} places, and they go to those who ask first. Ask for yours here:\n${address}/runs/${run.id}`,
    `If money, childcare, travel or something else stands in the way, the academy may be able to help:\n${address}/help`,
    run.academy.name,
    `You get this letter because you asked to be told of this course, and only one for each run. To get no more of them, take the course off your list here:\n${address}/me/wishes`,
  ]
  const subject = `${run.title} runs ${run.online ? 'online' : 'near you'}, from ${sayDay(run.startsOn)}`
  return { kind: 'wish-run', subject, body: parts.join('\n\n') }
}
