import type { ComponentChildren } from 'preact'
import type { Problems } from '#core/refusal'

/** What every field takes. Its id is its name, so that the error summary can link to it. */
export interface FieldProps {
  name: string
  label: ComponentChildren
  hint?: ComponentChildren | undefined
  /** What is wrong with it; or hand over all `problems` and it finds its own. */
  error?: string | undefined
  problems?: Problems | undefined
  /** What was typed when the form was sent and refused; it comes before `value`. */
  typed?: Readonly<Record<string, unknown>> | undefined
  /** Only where two forms on a page have a field of the same name. */
  id?: string | undefined
  /** Says "(optional)" after the label; a field without it is needed. */
  optional?: boolean | undefined
  required?: boolean | undefined
}

/** A label, a hint and an error around a control, tied to it by ids. */
export function Field(props: FieldProps & { children: (control: ControlIds) => ComponentChildren }) {
  const { label, hint, optional, children } = props
  const error = errorOf(props)
  const control = controlIds(props)
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={control.id}>
        {label}
        {optional && <span class="optional"> (optional)</span>}
      </label>
      {hint && (
        <p class="hint" id={`${control.id}-hint`}>
          {hint}
        </p>
      )}
      {error && <FieldError id={control.id} error={error} />}
      {children(control)}
    </div>
  )
}

/** The attributes that tie a control to its hint and its error. */
export interface ControlIds {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': 'true' | undefined
}

export function controlIds(props: FieldProps): ControlIds {
  const id = props.id ?? props.name
  const error = errorOf(props)
  const described = [props.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return { id, 'aria-describedby': described || undefined, 'aria-invalid': error ? 'true' : undefined }
}

export const FieldError = ({ id, error }: { id: string; error: string }) => (
  <p class="error" id={`${id}-error`}>
    <span class="unseen">Problem: </span>
    {error}
  </p>
)

export const errorOf = ({ error, problems, name }: FieldProps): string | undefined => error ?? problems?.[name]

/** What stands in the field: what was typed, or else what was there before. */
export function valueOf({ typed, name }: FieldProps, value: string | number | null | undefined): string | undefined {
  const said = typed?.[name]
  if (typeof said === 'string' || typeof said === 'number') return String(said)
  return value === null || value === undefined ? undefined : String(value)
}
