import type { Frame } from '#core/frame'
import { Page } from './page.tsx'

export interface ProblemPageProps {
  frame: Frame
  status: number
  title: string
  what: string
}

/** The page shown when a page cannot be: what happened, in words, and where to go. */
export const ProblemPage = ({ frame, status, title, what }: ProblemPageProps) => (
  <Page frame={frame} title={title}>
    <div class="stack">
      <h1>{title}</h1>
      <p class="lede">{what}</p>
      <p class="row">
        {status === 401 || (status === 403 && !frame.me) ? <a href="/sign-in">Sign in</a> : null}
        <a href="/">Go to the first page</a>
        <a href="/courses">Find training</a>
      </p>
    </div>
  </Page>
)
