/** The form with a round's rules: when, who comes first, and how the seed is made. */
import type { Problems } from '#core/refusal'
import { Button, Choices, DateField, Fold, Form, Group, Row, Select, TextArea, TextField, TimeField } from '#design'
import type { Visit } from '#platform/web'
import { facts, factWords } from '../bands.ts'
import type { Round } from '../round.ts'
import { fieldsOf } from './load.ts'

const ordinals = ['First,', 'Second,', 'Third,', 'Fourth,']

export interface RulesShown {
  action: string
  visit: Visit
  round?: Round | undefined
  /** To choose from where it is new. */
  academies?: readonly { id: string; name: string }[]
  problems?: Problems | undefined
  submit: string
}

export function RulesForm({ action, visit, round, academies = [], problems, submit }: RulesShown) {
  const before = fieldsOf(round)
  const typed = Object.keys(visit.typed).length > 0 ? visit.typed : before
  const given = { typed, problems }
  return (
    <Form action={action} csrf={visit.frame.csrf} label="The rules of the round">
      {!round &&
        (academies.length > 1 ? (
          <Select
            name="academy"
            label="Academy"
            options={academies.map(({ id, name }) => ({ value: id, label: name }))}
            {...given}
          />
        ) : (
          <input type="hidden" name="academy" value={academies[0]?.id} />
        ))}
      <TextField name="name" label="Name" hint="Like Spring 2027." maxlength={80} width="middle" {...given} />
      <TextArea name="summary" label="What it is for, in a sentence" optional rows={2} maxlength={600} {...given} />
      <Group label="When members can apply" id="when-group">
        <Row>
          <DateField name="opensOn" label="Opens on" {...given} />
          <TimeField name="opensAt" label="At" value="09:00" {...given} />
        </Row>
        <Row>
          <DateField name="closesOn" label="Closes on" min={visit.today} {...given} />
          <TimeField name="closesAt" label="At" value="20:00" {...given} />
        </Row>
      </Group>
      <Group
        label="Who comes first"
        id="bands-group"
        hint="Those of whom the first fact is true come first, then the next. Among equals the lottery decides. Leave all empty, and the lottery decides alone."
      >
        {ordinals.map((word, index) => (
          <Select
            name={`band${index + 1}`}
            label={`${word} those who`}
            empty="Nobody in particular"
            options={facts.map((value) => ({ value, label: factWords[value] }))}
            typed={typed}
            error={index === 0 ? problems?.['bands'] : undefined}
          />
        ))}
      </Group>
      <Row>
        <TextField
          name="mostChoices"
          label="Most runs a member may list"
          value="8"
          inputmode="numeric"
          width="short"
          {...given}
        />
        <TextField
          name="offerDays"
          label="Days to answer an offer"
          value="5"
          inputmode="numeric"
          width="short"
          {...given}
        />
      </Row>
      <Fold title="How the lottery’s seed is made" open={Boolean(problems?.['seedFrom'] ?? problems?.['revealDays'])}>
        <Choices
          kind="radio"
          name="seedFrom"
          label="The seed comes from"
          options={[
            {
              value: 'nonces',
              label: 'Secrets of at least two officers',
              hint: 'They commit before closing and reveal after. Needs nothing from outside.',
            },
            {
              value: 'beacon',
              label: 'A public beacon',
              hint: 'Randomness that the drand network publishes every 3 seconds, signed. Needs the internet.',
            },
          ]}
          chosen={before['seedFrom'] ?? 'nonces'}
          {...(Object.keys(visit.typed).length > 0 ? { typed: visit.typed } : {})}
          problems={problems}
        />
        <TextField
          name="revealDays"
          label="Days for officers to reveal their secrets"
          value="2"
          inputmode="numeric"
          width="short"
          {...given}
        />
      </Fold>
      <Button>{submit}</Button>
    </Form>
  )
}

/** The facts that the form's fields say, in order. */
export const bandsIn = (body: Record<string, unknown>): Record<string, unknown> => ({
  ...body,
  bands: ordinals.map((_, index) => body[`band${index + 1}`]).filter((fact) => fact !== undefined && fact !== ''),
})
