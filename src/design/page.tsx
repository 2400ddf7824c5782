import type { ComponentChildren } from 'preact'
import type { Frame } from '#core/frame'
import type { Problems } from '#core/refusal'
import { ErrorSummary } from './error-summary.tsx'
import { Mark } from './mark.tsx'
import { Notice } from './notice.tsx'
import { plain } from './plain.ts'

export interface PageProps {
  frame: Frame
  title: string
  /** The address of the entry in the main navigation under which this page stands. */
  current?: string | undefined
  /** The pages above this one, the highest first; this page itself is not among them. */
  crumbs?: readonly { href: string; label: string }[] | undefined
  /** Uses the whole width of the window, for dense staff pages. */
  wide?: boolean | undefined
  /** What kept a form from being accepted: shown first, and said in the title. */
  problems?: Problems | undefined
  /** Names of the islands this page brings to life. */
  islands?: readonly string[] | undefined
  children: ComponentChildren
}

/** A whole document: everything around a page's own content, and the content in its main part. */
export function Page({ frame, title, current, crumbs, wide, problems, islands, children }: PageProps) {
  const wrap = wide ? 'wrap wide' : 'wrap'
  const troubled = problems !== undefined && Object.keys(problems).length > 0
  return (
    <html lang="en-GB">
      <Head frame={frame} title={troubled ? `Problem: ${title}` : title} islands={islands ?? []} />
      <body>
        <a class="skip" href="#main">
          Skip to the main content
        </a>
        {frame.demonstration && <DemonstrationBar wrap={wrap} />}
        <Header frame={frame} current={current} wrap={wrap} />
        <main id="main" class={wrap} tabIndex={-1}>
          {crumbs && crumbs.length > 0 && <Crumbs crumbs={crumbs} />}
          {frame.said && !troubled && <Notice tone="go" title={frame.said} />}
          <ErrorSummary problems={problems} />
          {children}
        </main>
        <Footer frame={frame} wrap={wrap} />
      </body>
    </html>
  )
}

const Head = ({ frame, title, islands }: { frame: Frame; title: string; islands: readonly string[] }) => (
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>{`${title} – ${frame.organisation}`}</title>
    {frame.assets.css && <link rel="stylesheet" href={frame.assets.css} />}
    {frame.assets.accent && <link rel="stylesheet" href={frame.assets.accent} />}
    {/* after the style, which the first picture of the page waits for */}
    {frame.assets.fonts.map((font) => (
      <link rel="preload" href={font} as="font" type="font/woff2" crossorigin="anonymous" />
    ))}
    {frame.assets.favicon && <link rel="icon" href={frame.assets.favicon} type="image/svg+xml" />}
    {islands.map((name) => (
      <script type="module" src={islandAt(frame, name)} />
    ))}
  </head>
)

function islandAt(frame: Frame, name: string): string {
  const address = frame.assets.islands[name]
  if (address === undefined) throw new Error(`There is no island called ${name}`)
  return address
}

const DemonstrationBar = ({ wrap }: { wrap: string }) => (
  <section class="demo" aria-label="Demonstration">
    <div class={wrap}>
      Demonstration: people and figures are made up. <a href="/sign-in">Sign in as someone else</a>
    </div>
  </section>
)

const Header = ({ frame, current, wrap }: { frame: Frame; current: string | undefined; wrap: string }) => (
  <header class="top">
    <div class={wrap}>
      <a class="mark" href="/">
        <Mark />
        {frame.organisation}
      </a>
      {frame.nav.length > 0 && (
        <nav aria-label="Main">
          <ul {...plain}>
            {frame.nav.map(({ href, label }) => (
              <li>
                <a href={href} aria-current={href === current ? 'page' : undefined}>
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <a
        class="me"
        href={frame.me?.href ?? '/sign-in'}
        aria-current={(frame.me?.href ?? '/sign-in') === current ? 'page' : undefined}
      >
        {frame.me?.name ?? 'Sign in'}
      </a>
    </div>
  </header>
)

const Crumbs = ({ crumbs }: { crumbs: readonly { href: string; label: string }[] }) => (
  <nav class="crumb" aria-label="Breadcrumb">
    <ol {...plain}>
      {crumbs.map(({ href, label }) => (
        <li>
          <a href={href}>{label}</a>
        </li>
      ))}
    </ol>
  </nav>
)

const Footer = ({ frame, wrap }: { frame: Frame; wrap: string }) => (
  <footer class="foot">
    <div class={wrap}>
      <ul {...plain}>
        {footLinks.map(([href, label]) => (
          <li>
            <a href={href}>{label}</a>
          </li>
        ))}
      </ul>
      {frame.imprint && <p class="quiet">{frame.imprint}</p>}
    </div>
  </footer>
)

const footLinks = [
  ['/about/data', 'About the data'],
  ['/privacy', 'Privacy and your data'],
  ['/accessibility', 'Accessibility'],
  ['/about/places', 'How places are given'],
] as const
