import type { ComponentChildren } from 'preact'

interface FormProps {
  action: string
  /** From `frame.csrf`. */
  csrf: string
  children: ComponentChildren
  id?: string | undefined
  /** Whether it sends files. */
  files?: boolean | undefined
  /** Draws it as the page's next step. */
  next?: boolean | undefined
  label?: string | undefined
}

/** A form that changes something. Our own messages say what is wrong, so the browser's are off. */
export const Form = ({ action, csrf, children, id, files, next, label }: FormProps) => (
  <form
    method="post"
    action={action}
    id={id}
    enctype={files ? 'multipart/form-data' : undefined}
    class={next ? 'next stack' : 'stack'}
    aria-label={label}
    noValidate
  >
    <input type="hidden" name="csrf" value={csrf} />
    {children}
  </form>
)

/** A form that only asks for another view: its answers are in the address, so it can be kept and shared. */
export const Filter = ({
  action,
  children,
  submit = 'Show',
  beside,
  label = 'Filter',
  upright,
}: {
  action: string
  children: ComponentChildren
  submit?: string
  /** Stands at the other end: the button that begins something new. */
  beside?: ComponentChildren
  label?: string
  /** One field below another, for a column beside what is found. */
  upright?: boolean
}) => (
  <search aria-label={label}>
    <form method="get" action={action} class={upright ? 'stack roomy' : 'tools'}>
      {children}
      <button type="submit" class="button second">
        {submit}
      </button>
      {beside && <div class="beside">{beside}</div>}
    </form>
  </search>
)
