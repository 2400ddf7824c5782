import type { ComponentChildren } from 'preact'
import type { Option } from './choices.tsx'

interface MarkRowProps {
  name: string
  /** Whom it is about. */
  label: string
  note?: string | undefined
  options: readonly Option[]
  chosen: string | null
  /** What is shown now, sent along so that it can be told what was changed here. */
  was?: string | undefined
  wasName?: string | undefined
}

/** The lines of a register; its children are `MarkRow`s. */
export const Marks = ({ children }: { children: ComponentChildren }) => <div class="register">{children}</div>

/** One line of a register: a person, and a mark for them, each wide enough for a thumb. */
export const MarkRow = ({ name, label, note, options, chosen, was, wasName }: MarkRowProps) => (
  <fieldset class="marks">
    <legend>
      {label}
      {note && <small class="optional"> {note}</small>}
    </legend>
    <div>
      {options.map(({ value, label: mark }) => (
        <label class="choice">
          <input type="radio" name={name} value={value} checked={chosen === value} />
          <span>{mark}</span>
        </label>
      ))}
    </div>
    {wasName && <input type="hidden" name={wasName} value={was} />}
  </fieldset>
)
