import { Field, type FieldProps, valueOf } from './field.tsx'

export interface TextFieldProps extends FieldProps {
  type?: 'text' | 'email' | 'tel' | 'url' | 'search' | 'password' | 'number' | undefined
  value?: string | number | null | undefined
  autocomplete?: string | undefined
  inputmode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | 'url' | 'search' | 'none' | undefined
  /** Stands before what is typed: £. */
  prefix?: string | undefined
  /** Stands after what is typed: miles. */
  suffix?: string | undefined
  /** How much room it takes: as much as its answer needs. */
  width?: 'short' | 'middle' | 'full' | undefined
  min?: number | string | undefined
  max?: number | string | undefined
  step?: number | string | undefined
  maxlength?: number | undefined
  pattern?: string | undefined
  spellcheck?: boolean | undefined
  autocapitalize?: 'none' | 'words' | 'characters' | undefined
}

/** One line to type in. */
export function TextField(props: TextFieldProps) {
  const { type = 'text', prefix, suffix, width, min, max, step, maxlength, pattern, required } = props
  const { autocomplete, inputmode, spellcheck, autocapitalize } = props
  return (
    <Field {...props}>
      {(control) => {
        // each type of input has its own props, and these are common to all of ours
        const input = (
          <input
            {...control}
            {...{
              type: type as 'text',
              min,
              max,
              step,
              maxlength,
              pattern,
              required,
              autocomplete,
              inputmode,
              spellcheck,
              autocapitalize,
            }}
            name={props.name}
            class={width}
            // a password is the one thing that never comes back
            value={type === 'password' ? undefined : valueOf(props, props.value)}
          />
        )
        return prefix || suffix ? (
          <span class="affixed">
            {prefix && <span aria-hidden="true">{prefix}</span>}
            {input}
            {suffix && <span aria-hidden="true">{suffix}</span>}
          </span>
        ) : (
          input
        )
      }}
    </Field>
  )
}

/** Some lines to write in. */
export const TextArea = (
  props: FieldProps & { value?: string | null | undefined; rows?: number; maxlength?: number | undefined },
) => (
  <Field {...props}>
    {(control) => (
      <textarea
        {...control}
        name={props.name}
        rows={props.rows ?? 4}
        maxlength={props.maxlength}
        required={props.required}
      >
        {valueOf(props, props.value)}
      </textarea>
    )}
  </Field>
)

type Plain = FieldProps & { value?: string | null | undefined; min?: string | undefined; max?: string | undefined }

/** A day, 2027-01-14, by the device's own calendar. */
export const DateField = (props: Plain) => <Native {...props} type="date" />

/** A time of day, 19:00, by the device's own clock. */
export const TimeField = (props: Plain) => <Native {...props} type="time" />

const Native = (props: Plain & { type: 'date' | 'time' }) => (
  <Field {...props}>
    {(control) => (
      <input
        {...control}
        type={props.type}
        name={props.name}
        class="middle"
        min={props.min}
        max={props.max}
        required={props.required}
        value={valueOf(props, props.value)}
      />
    )}
  </Field>
)

/** A postcode, which the device may fill in. */
export const PostcodeField = (
  props: Omit<FieldProps, 'label'> & { label?: string; value?: string | null | undefined },
) => (
  <TextField
    {...props}
    label={props.label ?? 'Your postcode'}
    autocomplete="postal-code"
    autocapitalize="characters"
    spellcheck={false}
    width="middle"
    maxlength={10}
  />
)

/** A file to send; say in the hint what kind and how large. The form must be `files`. */
export const FileField = (props: FieldProps & { accept?: string | undefined; multiple?: boolean | undefined }) => (
  <Field {...props}>
    {(control) => (
      <input
        {...control}
        type="file"
        name={props.name}
        accept={props.accept}
        multiple={props.multiple}
        required={props.required}
      />
    )}
  </Field>
)
