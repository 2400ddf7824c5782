import { Button, LinkButton } from './button.tsx'
import { Choice, Choices, Select } from './choices.tsx'
import { ErrorSummary } from './error-summary.tsx'
import { Filter, Form } from './form.tsx'
import { Row, Section, Sides } from './layout.tsx'
import { MarkRow, Marks } from './marks.tsx'
import { DateField, FileField, PostcodeField, TextArea, TextField, TimeField } from './text-field.tsx'

const problems = {
  '': 'This run is full, and its waiting list is closed.',
  email: 'Enter an email address, like name@example.org',
  strand: 'Choose a strand',
  starts: 'Choose a day after today',
  note: 'Write at most 500 characters',
}

const typed = { email: 'amina@', note: 'I have held <ten> conversations', strand: '', starts: '2026-01-01' }

const strands = ['Organising', 'Media and communications', 'Social, digital and new media'].map((label) => ({
  value: label,
  label,
}))

/** Every field, empty and as it comes back with a problem. */
export const GalleryForms = ({ csrf }: { csrf: string }) => (
  <Section title="Forms" gap="wide">
    <Row>
      <Button form="fields">Ask for a place</Button>
      <Button form="fields" kind="second" about="for Listening on the doorstep">
        Keep as a draft
      </Button>
      <Button form="fields" kind="grave">
        Withdraw for good
      </Button>
      <LinkButton href="/courses">Find training</LinkButton>
    </Row>
    <Sides kind="top">
      <Form action="#fields" csrf={csrf} id="fields" label="Fields">
        <TextField name="name" label="Your name" autocomplete="name" value="Zoë “Zed” O’Neill" />
        <TextField
          name="miles"
          label="How far can you travel?"
          inputmode="numeric"
          suffix="miles"
          width="short"
          optional
        />
        <TextField
          name="bursary"
          label="What you ask for"
          hint="Travel and childcare are paid apart."
          inputmode="decimal"
          prefix="£"
          width="short"
        />
        <PostcodeField name="postcode" value="NG17 1AA" />
        <DateField name="day" label="Day" hint="The first session." value="2027-01-14" />
        <TimeField name="time" label="Begins at" value="19:00" />
        <Select
          name="area"
          label="Area"
          empty="Choose one"
          options={[
            { value: '1', label: 'Ashfield' },
            { value: '2', label: 'Mansfield' },
          ]}
          value="2"
        />
        <Choices
          kind="checkbox"
          name="how"
          label="How"
          options={[
            { value: 'near', label: 'Near me' },
            { value: 'online', label: 'Online', hint: 'By video; you need no account.' },
          ]}
          chosen={['near']}
        />
        <Choices
          kind="radio"
          name="say"
          label="May we write to you?"
          across
          options={[
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No' },
            { value: 'unsaid', label: 'Prefer not to say' },
          ]}
          chosen="unsaid"
        />
        <Marks>
          <MarkRow name="mark.1" label="Amina Farooq" options={marks} chosen="present" />
          <MarkRow name="mark.2" label="Bela Kovacs" note="Came without a place" options={marks} chosen={null} />
        </Marks>
        <Choice name="agree" label="I have read how places are given" hint="It takes two minutes." />
        <FileField name="roll" label="The roll as CSV" hint="At most 100 MB." accept=".csv" />
        <TextArea
          name="help"
          label="What would help you to take part?"
          hint="Access, childcare, travel, an interpreter. Only the academy’s staff see this."
          optional
        />
        <Button>Send</Button>
      </Form>
      <Form action="#wrong" csrf={csrf} id="wrong" label="Fields with problems" next>
        <ErrorSummary problems={problems} />
        <TextField
          name="email"
          label="Email address"
          type="email"
          autocomplete="email"
          hint="We write only about your places."
          problems={problems}
          typed={typed}
        />
        <Choices kind="radio" name="strand" label="Strand" options={strands} problems={problems} typed={typed} />
        <DateField name="starts" label="Starts on" problems={problems} typed={typed} />
        <TextArea name="note" label="Note" problems={problems} typed={typed} />
        <Choice name="sure" label="I am sure" error="Tick the box to go on" />
        <Button>Send again</Button>
      </Form>
    </Sides>
    <Filter action="#filter" label="Filter runs" beside={<LinkButton href="#schedule">Schedule a run</LinkButton>}>
      <Select name="filter-strand" label="Strand" empty="All" options={strands} />
      <Select name="filter-area" label="Area" empty="All 46" options={[{ value: '1', label: 'Ashfield' }]} />
      <TextField name="q" label="Search" type="search" />
    </Filter>
  </Section>
)

const marks = ['Present', 'Late', 'Absent', 'Apologies'].map((label) => ({ value: label.toLowerCase(), label }))
