import type { ComponentChildren } from 'preact'
import { plain } from './plain.ts'

export interface TreeNode {
  label: string
  href?: string | undefined
  detail?: ComponentChildren
  children?: readonly TreeNode[] | undefined
}

/** Who came from whom: a tree as lists within lists, which reads as well as it looks. */
export const Tree = ({ nodes, label }: { nodes: readonly TreeNode[]; label: string }) => (
  <ul {...plain} class="tree" aria-label={label}>
    {nodes.map((node) => (
      <Branch {...node} />
    ))}
  </ul>
)

const Branch = ({ label, href, detail, children = [] }: TreeNode) => (
  <li>
    {href ? <a href={href}>{label}</a> : <span>{label}</span>}
    {detail && <small> {detail}</small>}
    {children.length > 0 && (
      <ul {...plain}>
        {children.map((child) => (
          <Branch {...child} />
        ))}
      </ul>
    )}
  </li>
)
