/** The one thing to do, or to know, on the page of a round at this point. */
import { dayOf, sayDay, sayTime } from '#core/days'
import type { Problems } from '#core/refusal'
import { Button, Card, Form, Link, LinkButton, Notice, Progress, TextField } from '#design'
import type { Visit } from '#platform/web'
import type { Round } from '../round.ts'

interface Shown {
  round: Round
  visit: Visit
  problems: Problems | undefined
}

/** What to do next: apply, wait, or see what one got. */
export function NextStep({ round, visit, problems }: Shown) {
  const at = `/rounds/${round.slug}`
  if (round.phase === 'coming')
    return (
      <Card kind="next" title="Not open yet">
        <p>You can apply from {sayMoment(round.opensAt)}. It does not matter whether you are first or last.</p>
      </Card>
    )
  if (round.phase === 'open')
    return (
      <Card kind="next" title="Apply">
        <p>
          Rank the runs you would come to, by <strong>{sayMoment(round.closesAt)}</strong>. Early or late makes no
          difference, and you can change your mind until then.
        </p>
        <p>
          <LinkButton href={`${at}/application`}>
            {visit.actor.kind === 'person' ? 'Rank the runs' : 'Sign in to apply'}
          </LinkButton>
        </p>
      </Card>
    )
  if (round.phase === 'closed' && round.drawStep !== null)
    return (
      <Card title="The draw is going on">
        <Progress
          label={drawSteps[round.drawStep] ?? 'Drawing'}
          done={round.drawDone}
          total={round.drawTotal || undefined}
        />
        <p>You are written to as soon as it is done.</p>
      </Card>
    )
  if (round.phase === 'closing' || round.phase === 'closed')
    return (
      <Card title={round.phase === 'closing' ? 'The round is closing' : 'Closed, not drawn yet'}>
        <p>{sayWaitsFor(round)}</p>
        {round.phase === 'closed' && round.beaconRound !== null && round.beaconSignature === null && (
          <Form action={`${at}/beacon`} csrf={visit.frame.csrf} label="Give the beacon’s signature">
            <TextField
              name="signature"
              label={`The beacon’s signature for its round ${round.beaconRound}`}
              hint="Anyone can paste it: only the true one is accepted."
              spellcheck={false}
              autocapitalize="none"
              typed={visit.typed}
              problems={problems}
            />
            <Button kind="second">Check and use it</Button>
          </Form>
        )}
        <MyApplication round={round} />
      </Card>
    )
  if (round.phase === 'drawn')
    return (
      <Card kind="next" title="It has been drawn">
        <p>Everyone who applied has been written to.</p>
        <p>
          <LinkButton href={`${at}/application`}>What I got, and why</LinkButton>
        </p>
      </Card>
    )
  if (round.phase === 'cancelled')
    return (
      <Notice tone="stop" title="This round was cancelled">
        {round.cancelledWhy && <p>The academy says why: {round.cancelledWhy}</p>}
      </Notice>
    )
  return (
    <Card title="A draft">
      <p>Only those who open rounds here, and its officers, see it.</p>
    </Card>
  )
}

const MyApplication = ({ round }: { round: Round }) => (
  <p>
    <Link href={`/rounds/${round.slug}/application`}>My application</Link>
  </p>
)

const drawSteps: Readonly<Record<string, string>> = {
  drawing: 'Drawing',
  offers: 'Runs whose places have been offered',
  letters: 'Letters written',
}

function sayWaitsFor(round: Round): string {
  if (round.phase === 'closing') return 'Its time is up, and the roll of applications is being fixed.'
  if (round.seedFrom === 'beacon') return 'It is drawn as soon as the public beacon has spoken.'
  const missing = round.officers.filter(({ digest, revealedAt }) => digest !== null && revealedAt === null).length
  return `It is drawn as soon as all officers have revealed their secrets, and at the latest on ${sayMoment(round.revealUntil)}. ${missing === 1 ? 'One secret is' : `${missing} secrets are`} still to come.`
}

/** "Saturday 21 November, 8 pm" */
export const sayMoment = (at: Date, today?: string): string => `${sayDay(dayOf(at), today)}, ${sayTime(at)}`
