import type { ComponentChildren } from 'preact'

interface ButtonProps {
  children: ComponentChildren
  /** The one thing to do next is 'first'; anything beside it is 'second'; what cannot be undone is 'grave'. */
  kind?: 'first' | 'second' | 'grave' | undefined
  name?: string | undefined
  value?: string | undefined
  /** Sends the form to another address than its own. */
  formaction?: string | undefined
  /** The form it belongs to, where it stands outside of it. */
  form?: string | undefined
  /** Says more to those who listen, where many buttons on a page read alike. */
  about?: string | undefined
}

/** Sends the form it stands in. */
export const Button = ({ children, kind, about, ...rest }: ButtonProps) => (
  <button type="submit" class={classOf(kind)} {...rest}>
    {children}
    <About about={about} />
  </button>
)

interface LinkProps {
  href: string
  children: ComponentChildren
  /** Says more to those who listen, where many links on a page read alike. */
  about?: string | undefined
}

/** A link that looks like a button, because it is the next step; it goes somewhere and changes nothing. */
export const LinkButton = ({ href, children, kind, about }: LinkProps & Pick<ButtonProps, 'kind'>) => (
  <a class={classOf(kind)} href={href}>
    {children}
    <About about={about} />
  </a>
)

/** A plain link. */
export const Link = ({ href, children, about }: LinkProps) => (
  <a href={href}>
    {children}
    <About about={about} />
  </a>
)

const About = ({ about }: { about: string | undefined }) => (about ? <span class="unseen"> {about}</span> : null)

const classOf = (kind: ButtonProps['kind']) => (kind === undefined || kind === 'first' ? 'button' : `button ${kind}`)
