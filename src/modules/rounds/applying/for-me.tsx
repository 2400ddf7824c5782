/** Rounds on a member's home: those one can apply in now, and how an application stands. */
import type { ComponentChildren } from 'preact'
import { Link, LinkButton, PlainList, Section } from '#design'
import { sayMoment } from '../result/words.ts'
import type { RoundForMe } from './mine.ts'

/** One line a round, with the way to what can be done; nothing where there is no round. */
export const RoundsForMe = ({ rounds }: { rounds: readonly RoundForMe[] }) =>
  rounds.length === 0 ? null : (
    <Section title="Rounds">
      <PlainList items={rounds.map((round) => lineOf(round))} />
    </Section>
  )

function lineOf(round: RoundForMe): ComponentChildren {
  const { says, door } = wordsFor(round)
  return (
    <div class="stack close">
      <p>
        <b>{round.name}.</b> {says}
      </p>
      <p>
        {round.applied ? (
          <Link href={`/rounds/${round.slug}/application`} about={`, ${round.name}`}>
            {door}
          </Link>
        ) : (
          <LinkButton href={`/rounds/${round.slug}/application`} kind="second" about={`, ${round.name}`}>
            {door}
          </LinkButton>
        )}
      </p>
    </div>
  )
}

function wordsFor({ state, applied, closesAt, runs, title }: RoundForMe): { says: string; door: string } {
  if (state === 'drawn')
    return title
      ? { says: `It has been drawn, and you were offered ${title}.`, door: 'See what you got and why' }
      : { says: 'It has been drawn, and there was no place for you this time.', door: 'See why, and where you wait' }
  if (!applied)
    return {
      says: `It gives places on ${runs} ${runs === 1 ? 'run' : 'runs'} by a draw that everyone can check. Apply until ${sayMoment(closesAt)}; early or late makes no difference.`,
      door: 'Choose your runs',
    }
  return state === 'closed'
    ? {
        says: 'Applications have closed and yours is on the roll. The draw follows by itself.',
        door: 'See my application',
      }
    : { says: `Your application is in. You can change it until ${sayMoment(closesAt)}.`, door: 'See my application' }
}
