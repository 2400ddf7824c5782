import type { ComponentChildren } from 'preact'

/** Something that most people need not see, folded away behind its title. */
export const Fold = ({
  title,
  open,
  children,
}: {
  title: ComponentChildren
  open?: boolean | undefined
  children: ComponentChildren
}) => (
  <details class="fold" open={open}>
    <summary>{title}</summary>
    <div class="stack">{children}</div>
  </details>
)
