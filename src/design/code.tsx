import type { ComponentChildren } from 'preact'

/** Some lines for a machine, as they are to be typed or as they come back; long ones wrap. */
export const Code = ({ children }: { children: ComponentChildren }) => (
  <pre class="code">
    <code>{children}</code>
  </pre>
)
