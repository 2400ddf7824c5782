/** The page on which a run is changed: its sessions one by one, where it is, who leads it, how many can take part. */
import { type Day, dayOf, sayWhen, timeOf } from '#core/days'
import type { Problems } from '#core/refusal'
import {
  Button,
  CheckForm,
  Choice,
  Choices,
  DateField,
  Group,
  Link,
  Notice,
  Page,
  Row,
  Select,
  Stack,
  TextField,
  TimeField,
} from '#design'
import type { Visit } from '#platform/web'
import type { Venue } from '../../academies/index.ts'
import type { Run, RunSession } from '../run.ts'
import { lengthOptions, placeOptions, sayLength } from '../schedule/choices.ts'
import { choiceOf } from '../schedule/spot.ts'
import type { Trainer } from '../schedule/trainers.ts'
import { isFixed } from './plan.ts'

export interface Editing {
  run: Run
  venues: Venue[]
  trainers: Trainer[]
}

/** What was typed, as the check page's address has it, or nothing yet. */
export interface Typed {
  where?: string | undefined
  link?: string | undefined
  trainers?: readonly string[] | undefined
  other?: string | undefined
  capacity?: string | undefined
  sessions?: readonly TypedSession[] | undefined
}

interface TypedSession {
  id: string
  day: string
  time: string
  minutes: string
  drop?: boolean | undefined
}

export function EditPage(
  { run, venues, trainers }: Editing,
  { frame, now, today }: Visit,
  said: Typed,
  problems?: Problems,
) {
  const options = trainers.map(({ id, name }) => ({ value: id, label: name }))
  const leading = run.trainers.filter(({ id }) => !trainers.some((trainer) => trainer.id === id))
  return (
    <Page
      frame={frame}
      title={`Change ${run.title}`}
      current="/coordinating"
      crumbs={[
        { href: '/coordinating', label: 'Coordinating' },
        { href: '/runs', label: 'Runs' },
        { href: `/runs/${run.id}`, label: run.title },
      ]}
      problems={problems}
    >
      <Stack gap="roomy">
        <h1>Change {run.title}</h1>
        {run.state === 'draft' ? (
          <Notice title="This is a draft">
            <p>
              Nobody is told of what you change here. <Link href={`/runs/${run.id}/publication`}>Publish it</Link> when
              it is complete.
            </p>
          </Notice>
        ) : (
          <p class="lede">You see what changes, and who is told, before anything is saved.</p>
        )}
        <CheckForm action={`/runs/${run.id}/edit/check`} label="Change this run">
          <SessionRows run={run} now={now} today={today} said={said.sessions} problems={problems} />
          <Group label="Where" id="where-group">
            <Select
              name="where"
              label="Venue and room, or online"
              options={placeOptions(run.academy, withOwn(venues, run))}
              value={said.where ?? choiceOf(run)}
              problems={problems}
            />
            <TextField
              name="link"
              label="Link for joining"
              type="url"
              hint="For a run online. Only those who have a place see it."
              value={said.link ?? run.onlineLink}
              problems={problems}
              optional
            />
          </Group>
          <Group label="Trainers" id="trainers-group">
            {options.length + leading.length > 0 && (
              <Choices
                kind="checkbox"
                name="trainers"
                label={`Trainers of ${run.academy.name}`}
                options={[...leading.map(({ id, name }) => ({ value: id, label: name })), ...options]}
                chosen={said.trainers ?? run.trainers.map(({ id }) => id)}
                problems={problems}
                across
                optional
              />
            )}
            <TextField
              name="other"
              label="Someone else: their name or email address"
              value={said.other}
              problems={problems}
              optional
            />
          </Group>
          <TextField
            name="capacity"
            label="Places"
            hint={run.taken > 0 ? `${run.taken} are taken, so there must be at least as many.` : undefined}
            inputmode="numeric"
            width="short"
            value={said.capacity ?? run.capacity}
            problems={problems}
          />
          <Button>Check the changes</Button>
        </CheckForm>
        {run.state === 'published' && (
          <p>
            <Link href={`/runs/${run.id}/cancellation`}>Cancel this run</Link>
          </p>
        )}
      </Stack>
    </Page>
  )
}

/** A room that is no longer in use is still a choice for the run that is in it. */
function withOwn(venues: readonly Venue[], run: Run): readonly Venue[] {
  const { venue, room } = run
  if (!venue) return venues
  const known = venues.find(({ id }) => id === venue.id)
  if (known && (!room || known.rooms.some(({ id }) => id === room.id))) return venues
  const own = { ...(known ?? ({ ...venue } as Venue)), rooms: [...(known?.rooms ?? []), ...(room ? [room] : [])] }
  return [...venues.filter(({ id }) => id !== venue.id), own]
}

function SessionRows({
  run,
  now,
  today,
  said,
  problems,
}: {
  run: Run
  now: Date
  today: Day
  said: Typed['sessions']
  problems: Problems | undefined
}) {
  const fixed = run.sessions.filter((session) => isFixed(session, run, now))
  const rows = run.sessions.filter((session) => !isFixed(session, run, now))
  return (
    <Group
      label="Sessions"
      id="sessions"
      hint={problems?.['sessions'] && <span class="error">{problems['sessions']}</span>}
    >
      {fixed.map(({ number, title, startsAt, endsAt }) => (
        <p>
          {number}. {title}: {sayWhen(startsAt, endsAt, today)}. It has begun, so it stays.
        </p>
      ))}
      {rows.map((session, index) => (
        <SessionRow
          session={session}
          index={index}
          typed={said?.find(({ id }) => id === session.id)}
          problems={problems}
          label={`${session.number}. ${session.title}`}
          alone={run.sessions.length === 1}
        />
      ))}
      <SessionRow
        index={rows.length}
        typed={said?.find(({ id }) => id === '')}
        problems={problems}
        label="One more session (optional)"
        alone
      />
    </Group>
  )
}

function SessionRow(the: {
  session?: RunSession
  index: number
  typed: TypedSession | undefined
  problems: Problems | undefined
  label: string
  alone: boolean
}) {
  const { session, index, typed, problems, label, alone } = the
  const minutes = session ? String((+session.endsAt - +session.startsAt) / 60_000) : '120'
  const field = (name: string) => ({ id: `sessions.${index}.${name}`, error: problems?.[`sessions.${index}.${name}`] })
  const lengths = lengthOptions.some(({ value }) => value === minutes)
    ? lengthOptions
    : [{ value: minutes, label: sayLength(Number(minutes)) }, ...lengthOptions]
  return (
    <fieldset class="apart">
      <legend>{label}</legend>
      <Row>
        <input type="hidden" name="session" value={session?.id ?? ''} />
        <DateField
          name="day"
          label="Day"
          value={typed?.day ?? (session && dayOf(session.startsAt))}
          {...field('day')}
        />
        <TimeField
          name="time"
          label="Begins at"
          value={typed?.time ?? (session && timeOf(session.startsAt))}
          {...field('time')}
        />
        <Select
          name="minutes"
          label="Lasts"
          options={lengths}
          value={typed?.minutes ?? minutes}
          {...field('minutes')}
        />
        {session && !alone && (
          <Choice
            name="drop"
            value={session.id}
            label="Take it out"
            id={`drop-${index}`}
            checked={typed?.drop === true}
          />
        )}
      </Row>
    </fieldset>
  )
}
