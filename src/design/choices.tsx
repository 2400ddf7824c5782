import type { ComponentChildren } from 'preact'
import { controlIds, errorOf, Field, FieldError, type FieldProps, valueOf } from './field.tsx'

export interface Option {
  value: string
  label: string
  hint?: string | undefined
  /** In a `Select`, the heading under which it stands with those next to it. */
  group?: string | undefined
}

/** Several answers to one question: one may be chosen (`radio`) or any number (`checkbox`). */
export function Choices(
  props: FieldProps & {
    kind: 'radio' | 'checkbox'
    options: readonly Option[]
    chosen?: string | readonly string[] | null | undefined
    /** Puts short answers side by side. */
    across?: boolean | undefined
  },
) {
  const { kind, name, label, hint, options, optional } = props
  const error = errorOf(props)
  const { id, 'aria-describedby': described } = controlIds(props)
  const chosen = chosenOf(props, props.chosen)
  return (
    <fieldset class={error ? 'field wrong' : 'field'} aria-describedby={described}>
      <legend>
        {label}
        {optional && <span class="optional"> (optional)</span>}
      </legend>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && <FieldError id={id} error={error} />}
      <div class={props.across ? 'choices across' : 'choices'}>
        {options.map((option, index) => (
          <Choice
            kind={kind}
            name={name}
            value={option.value}
            label={option.label}
            hint={option.hint}
            // the first one has the plain id, so that the error summary leads to it
            id={index === 0 ? id : `${id}-${index + 1}`}
            checked={chosen.includes(option.value)}
            required={kind === 'radio' && props.required}
          />
        ))}
      </div>
    </fieldset>
  )
}

/** One box to tick, or one of several to choose from. */
export function Choice(props: {
  name: string
  label: ComponentChildren
  kind?: 'radio' | 'checkbox' | undefined
  value?: string | undefined
  hint?: string | undefined
  error?: string | undefined
  id?: string | undefined
  checked?: boolean | undefined
  required?: boolean | undefined
}) {
  const { kind = 'checkbox', name, label, value = 'yes', hint, error, checked, required } = props
  const { id, ...described } = controlIds(props)
  return (
    <div class={error ? 'field wrong' : undefined}>
      {error && <FieldError id={id} error={error} />}
      <label class="choice" for={id}>
        <input type={kind} {...{ id, name, value, checked, required }} {...described} />
        <span>{label}</span>
      </label>
      {hint && (
        <p class="hint under" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

/** One of many answers, where a list of radio buttons would be too long. */
export const Select = (
  props: FieldProps & {
    options: readonly Option[]
    value?: string | null | undefined
    /** The words of the empty answer, "Choose one"; without them the first option is chosen. */
    empty?: string | undefined
  },
) => {
  const chosen = valueOf(props, props.value)
  return (
    <Field {...props}>
      {(control) => (
        <select {...control} name={props.name} required={props.required}>
          {props.empty !== undefined && <option value="">{props.empty}</option>}
          {grouped(props.options).map(([group, options]) =>
            group === undefined ? (
              options.map((option) => <Choosable {...option} chosen={chosen} />)
            ) : (
              <optgroup label={group}>
                {options.map((option) => (
                  <Choosable {...option} chosen={chosen} />
                ))}
              </optgroup>
            ),
          )}
        </select>
      )}
    </Field>
  )
}

const Choosable = ({ value, label, chosen }: Option & { chosen: string | undefined }) => (
  <option value={value} selected={value === chosen}>
    {label}
  </option>
)

/** The options in their order, those of one heading together. */
function grouped(options: readonly Option[]): (readonly [string | undefined, Option[]])[] {
  const groups = new Map<string | undefined, Option[]>()
  for (const option of options) groups.set(option.group, [...(groups.get(option.group) ?? []), option])
  return [...groups]
}

/** A form that was sent says which boxes are ticked, even if none is: an unticked box is not sent at all. */
function chosenOf(
  { typed, name }: FieldProps,
  before: string | readonly string[] | null | undefined,
): readonly string[] {
  const said = typed && Object.keys(typed).length > 0 ? typed[name] : before
  if (Array.isArray(said)) return said.map(String)
  return typeof said === 'string' ? [said] : []
}
