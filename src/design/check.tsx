import type { ComponentChildren } from 'preact'

/** A form that changes nothing yet: what is said is in the address of the page on which it is checked. */
export const CheckForm = ({
  action,
  children,
  label,
}: {
  action: string
  children: ComponentChildren
  label?: string | undefined
}) => (
  <form method="get" action={action} class="stack" aria-label={label} noValidate>
    {children}
  </form>
)

/** Fields that make one question together. */
export const Group = ({
  label,
  hint,
  children,
  id,
}: {
  label: string
  hint?: ComponentChildren
  children: ComponentChildren
  id?: string | undefined
}) => (
  <fieldset class="group" id={id} aria-describedby={hint && id ? `${id}-hint` : undefined}>
    <legend>{label}</legend>
    <div class="stack close">
      {hint && (
        <p class="hint" id={id && `${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
    </div>
  </fieldset>
)

/** What was said on the page before, carried on by the form of this one. */
export const Carried = ({ said }: { said: Readonly<Record<string, unknown>> }) => (
  <>
    {Object.entries(said).flatMap(([name, value]) =>
      [value]
        .flat()
        .flatMap((one) => (typeof one === 'string' ? [<input type="hidden" name={name} value={one} />] : [])),
    )}
  </>
)
