/** The form in which a member ranks runs: a number beside each, which works everywhere; and, with a script, a list to move. */
import { dayOf, sayDay, sayTime } from '#core/days'
import type { Problems } from '#core/refusal'
import {
  Button,
  Choice,
  Facts as FactList,
  Filter,
  Following,
  Fold,
  Form,
  Link,
  Notice,
  Ranking,
  RunRow,
  Runs,
  Section,
  Select,
  Sides,
  Stack,
  Tag,
  TextField,
} from '#design'
import type { Visit } from '#platform/web'
import { factToYou, sayBands } from '../bands.ts'
import { chanceOf, fewest, meanings } from '../rehearsal/words.ts'
import type { RoundRun } from '../round.ts'
import { choiceField } from './fields.ts'
import type { ApplicationShown } from './load.ts'
import { type Facts, meetAtOnce } from './mine.ts'

interface Chooses {
  shown: ApplicationShown
  visit: Visit
  problems: Problems | undefined
}

/** How many runs a page lists beside those that are chosen. */
const most = 60
/** From so many on one can search among them. */
const many = 20

/** The whole form, with what to know before choosing. */
export const ChooseForm = (all: Chooses) => {
  const { shown, visit, problems } = all
  const { round, application } = shown
  const standing = application && application.withdrawnAt === null ? application : undefined
  const options = optionsOf(shown, visit)
  const chosen = options.filter(({ run }) => standing?.choices.includes(run.id))
  const address = `/rounds/${round.slug}/application`
  return (
    <Stack gap="roomy">
      <WhoComesFirst shown={shown} />
      {meetAtOnce(chosen.map(({ facts }) => facts)) && (
        <Notice title="Some of your choices meet at the same time">
          <p>That does no harm: the draw gives you one place at most.</p>
        </Notice>
      )}
      <Section title="Choose your runs" id="choices">
        <p>
          Give number 1 to the run you want most, 2 to the next, up to {round.mostChoices}. Be honest: adding a run
          further down never lowers your chance of those above it, and no other order can serve you better.
        </p>
        {round.runs.length > many && (
          <Filter action={address} label="Find a run" submit="Find">
            <TextField
              name="q"
              type="search"
              label="Course or place"
              hint="Save your choices first: what you have saved stays in the list."
              value={visit.query.get('q')}
            />
          </Filter>
        )}
        <Form action={address} csrf={visit.frame.csrf}>
          <Sides>
            <Stack>
              <Runs>
                {options.slice(0, most + chosen.length).map((option) => (
                  <OptionRow {...option} {...all} number={numberOf(option.run.id, all)} />
                ))}
              </Runs>
              {options.length === 0 && <p>No run of this round fits what you searched for.</p>}
              {options.length > most + chosen.length && (
                <p class="quiet">
                  These are the {most} nearest of {options.length.toLocaleString('en-GB')}. Search for the others.
                </p>
              )}
            </Stack>
            <Following>
              <Ranking most={round.mostChoices} />
              <CountMine shown={shown} visit={visit} />
              <Button>{standing ? 'Save my changes' : 'Send my application'}</Button>
              {problems && <p class="quiet">Nothing was kept yet. Put right what is marked and send it again.</p>}
            </Following>
          </Sides>
        </Form>
      </Section>
      <Chances shown={shown} />
    </Stack>
  )
}

interface Option {
  run: RoundRun
  facts: Facts
}

/** The runs to choose from: those chosen before in their order, then the nearest, as far as they fit what was searched for. */
function optionsOf({ round, application, options }: ApplicationShown, { query }: Visit): Option[] {
  const byId = new Map(round.runs.map((run) => [run.id, run]))
  const all = options.flatMap((facts) => {
    const run = byId.get(facts.id)
    return run && !facts.leads ? [{ run, facts }] : []
  })
  const chosen = application && application.withdrawnAt === null ? application.choices : []
  const words = (query.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8)
  const fits = ({ run }: Option): boolean => {
    const text = `${run.title} ${run.where} ${run.academy}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }
  return [
    ...chosen.flatMap((id) => all.filter(({ run }) => run.id === id)),
    ...all.filter((option) => !chosen.includes(option.run.id) && fits(option)),
  ]
}

/** The number a run has now: as typed and sent back, or as it was kept. */
function numberOf(run: string, { shown: { application }, visit }: Chooses): string {
  if (Object.keys(visit.typed).length > 0) {
    const said = visit.typed[choiceField(run)]
    return typeof said === 'string' ? said : ''
  }
  const at = application && application.withdrawnAt === null ? application.choices.indexOf(run) : -1
  return at === -1 ? '' : String(at + 1)
}

const OptionRow = ({ run, facts, shown, problems, number }: Option & Chooses & { number: string }) => {
  const chance = chanceOf(
    shown.rehearsal?.runs.find(({ id }) => id === run.id),
    shown.band,
  )
  const held = run.reserves.filter(({ stands }) => stands)
  return (
    <RunRow
      day={run.startsOn}
      title={run.title}
      href={`/runs/${run.id}`}
      about={
        <>
          {[run.pattern, run.where, facts.near, `${run.capacity} places`].filter(Boolean).join(' · ')}
          {held.length > 0 && (
            <>
              <br />
              {held.map(({ seats, who }) => `${seats} held first for ${who}`).join('; ')}
            </>
          )}
        </>
      }
      tags={chance && <Tag tone={chance.tone}>{chance.says}</Tag>}
      beside={
        <Select
          name={choiceField(run.id)}
          label={
            <>
              My choice
              <span class="unseen">
                {' '}
                for {run.title}, {run.where}, from {sayDay(run.startsOn)}
              </span>
            </>
          }
          empty="–"
          value={number}
          options={Array.from({ length: shown.round.mostChoices }, (_, n) => ({
            value: String(n + 1),
            label: `Number ${n + 1}`,
          }))}
          problems={problems}
        />
      }
    />
  )
}

const WhoComesFirst = ({ shown: { round, band } }: { shown: ApplicationShown }) => {
  const fact = round.bands[band]
  return (
    <p>
      <b>Who comes first.</b> {sayBands(round.bands)}{' '}
      {round.bands.length > 0 &&
        (fact
          ? `As things are, you are number ${band + 1} in that order, because ${factToYou[fact]}.`
          : 'As things are, you are with everyone else.')}{' '}
      Among those on the same footing the draw decides. <Link href={`/rounds/${round.slug}`}>All the rules</Link>
    </p>
  )
}

/** Whether their equality answers count; only where something is held first for anyone. */
const CountMine = ({ shown: { round, application }, visit }: Pick<Chooses, 'shown' | 'visit'>) => {
  const whom = [
    ...new Set(round.runs.flatMap(({ reserves }) => reserves.filter(({ stands }) => stands).map(({ who }) => who))),
  ]
  if (whom.length === 0) return null
  const typed = Object.keys(visit.typed).length > 0
  return (
    <Stack gap="close">
      <h3>Seats that are held first</h3>
      <Choice
        name="reserves"
        label="Let my answers to the equality questions count for them"
        hint="This can help you and can never harm you: you are in the draw for every other seat all the same."
        checked={typed ? visit.typed['reserves'] !== undefined : (application?.reserves ?? false)}
      />
      <Fold title="What becomes of my answers">
        <p>
          Some runs hold a few seats first for {whom.join('; or for ')}. What the group does not want goes to everyone.
        </p>
        <p>
          Your answers stay yours, and nobody at the academy sees them. When the round closes, the published roll shows
          under your pseudonym which groups you count for, without your name. If you have given no answers, nothing
          counts.
        </p>
        <p>
          <Link href="/me/equality">See or give your answers</Link> · <Link href="/measures">Why seats are held</Link>
        </p>
      </Fold>
    </Stack>
  )
}

const Chances = ({ shown: { rehearsal } }: { shown: ApplicationShown }) =>
  rehearsal ? (
    <Fold title="What the chances mean">
      <p>
        They come from rehearsals: we drew the applications that were there at {sayTime(rehearsal.madeAt)} on{' '}
        {sayDay(dayOf(rehearsal.madeAt))} {rehearsal.draws} times with made-up seeds, and saw how far each run went. The
        real draw has another seed, which nobody knows yet, and others may still apply. Where fewer than {fewest} have
        applied we say nothing. Seats that are held first for a group you count for can only make your chance better.
      </p>
      <FactList items={meanings} />
    </Fold>
  ) : (
    <p class="quiet">
      How likely a place is cannot be said yet. Once some have applied we rehearse the draw now and then, and show here
      what would probably come of it.
    </p>
  )
