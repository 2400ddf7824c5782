/** The page on which a run is scheduled: six questions. */
import type { Problems } from '#core/refusal'
import {
  Button,
  CheckForm,
  Choice,
  Choices as Boxes,
  DateField,
  Empty,
  Filter,
  Group,
  Page,
  Row,
  Select,
  Stack,
  TextField,
  TimeField,
} from '#design'
import type { Visit } from '#platform/web'
import { type Choices, courseOptions, lengthOptions, placeOptions, sayLength } from './choices.ts'
import { rhythms } from './plan-sessions.ts'

const title = 'Schedule a run'
const crumbs = [
  { href: '/coordinating', label: 'Coordinating' },
  { href: '/runs', label: 'Runs' },
]

/** Six questions, with what was said before in them. `said` is what was typed, or what the address asks. */
export function NewRunPage(
  choices: Choices | undefined,
  { frame, today }: Visit,
  said: Readonly<Record<string, unknown>>,
  problems?: Problems,
) {
  if (!choices)
    return (
      <Page frame={frame} title={title} current="/coordinating" crumbs={crumbs}>
        <Empty title="There is no academy here yet">
          <p>A run is given by an academy. Ask an administrator to set one up in your area.</p>
        </Empty>
      </Page>
    )
  const { courses, academies, academy, venues, trainers } = choices
  const course = courses.find(({ id, slug }) => said['course'] === id || said['course'] === slug)
  const common = { problems, typed: said }
  return (
    <Page frame={frame} title={title} current="/coordinating" crumbs={crumbs} problems={problems}>
      <Stack gap="roomy">
        <h1>{title}</h1>
        {academies.length > 1 && (
          <Filter action="/runs/new" label="Academy" submit="Use this academy">
            <Select
              name="academy"
              label="Academy"
              options={academies.map(({ id, name }) => ({ value: id, label: name }))}
              value={academy.id}
            />
            {course && <input type="hidden" name="course" value={course.id} />}
          </Filter>
        )}
        <CheckForm action="/runs/new/check" label={title}>
          <input type="hidden" name="academy" value={academy.id} />
          <Select
            {...common}
            typed={course ? { course: course.id } : said}
            name="course"
            label="Course"
            empty="Choose a course"
            hint={course && outlineOf(course)}
            options={courseOptions(courses)}
          />
          <Group label="Where" id="where-group">
            <Select
              {...common}
              name="where"
              label="Venue and room, or online"
              empty="Choose a place"
              options={placeOptions(academy, venues)}
            />
            <TextField
              {...common}
              name="link"
              label="Link for joining"
              type="url"
              hint="For a run online. Only those who have a place see it."
              optional
            />
          </Group>
          <Group label="When" id="when-group" hint="What you leave empty is as the course has it.">
            <Row>
              <DateField {...common} name="day" label="First session on" min={today} />
              <TimeField {...common} name="time" label="Begins at" value="19:00" />
              <Select
                {...common}
                name="minutes"
                label="Each lasts"
                empty="As the course has it"
                options={lengthOptions}
              />
            </Row>
            <Row>
              <Select
                {...common}
                name="often"
                label="How often"
                options={rhythms.map((value) => ({ value, label: rhythmNames[value] }))}
                value="weekly"
              />
              <TextField
                {...common}
                name="count"
                label="How many sessions"
                inputmode="numeric"
                width="short"
                optional
              />
            </Row>
            <TextField
              {...common}
              name="skip"
              label="Days to skip"
              hint="Like 24 December, 31 December. Bank holidays are skipped by themselves."
              optional
            />
            <Choice
              name="onHolidays"
              label="Hold sessions on bank holidays too"
              checked={said['onHolidays'] === 'yes'}
            />
          </Group>
          <Group label="Trainers" id="trainers-group">
            {trainers.length > 0 && (
              <Boxes
                {...common}
                kind="checkbox"
                name="trainers"
                label={`Trainers of ${academy.name}`}
                options={trainers.map(({ id, name }) => ({ value: id, label: name }))}
                across
                optional
              />
            )}
            <TextField {...common} name="other" label="Someone else: their name or email address" optional />
          </Group>
          <TextField
            {...common}
            name="capacity"
            label="Places"
            hint="Leave it empty for as many as the room holds."
            inputmode="numeric"
            width="short"
          />
          <Boxes
            problems={problems}
            kind="radio"
            name="how"
            label="How places are given"
            options={[
              { value: 'first come', label: 'First come, first served', hint: 'Whoever asks is told at once.' },
              {
                value: 'round',
                label: 'By round',
                hint: 'You put it into a round. Members rank its runs, and places are drawn fairly.',
              },
            ]}
            chosen={said['how'] === 'round' ? 'round' : 'first come'}
          />
          <Button>Check it</Button>
        </CheckForm>
      </Stack>
    </Page>
  )
}

const rhythmNames = { weekly: 'Every week', days: 'Days in a row', once: 'Once' }

/** "The course has 4 sessions of 2 hours." */
function outlineOf({ sessions }: Choices['courses'][number]): string {
  const lengths = [...new Set(sessions.map(({ minutes }) => minutes))].map(sayLength)
  const count = sessions.length === 1 ? 'one session' : `${sessions.length} sessions`
  return `The course has ${count} of ${lengths.join(' and ')}.`
}
