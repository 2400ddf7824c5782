/** What every page shows around its own content. The server fills it in; the design draws it. */
export interface Frame {
  organisation: string
  imprint: string
  /** The main navigation, for this person. */
  nav: readonly { href: string; label: string }[]
  /** Who is signed in, or null for a stranger. */
  me: { name: string; href: string } | null
  /** Whether the people and figures are made up. */
  demonstration: boolean
  /** What has just been done, said once on the page that follows. */
  said?: string | undefined
  /** Goes into every form, to show that it came from one of our pages. */
  csrf: string
  assets: {
    css: string
    /** The small style sheet that sets the operator's own accent, where there is one. */
    accent?: string
    fonts: readonly string[]
    favicon: string
    islands: Readonly<Record<string, string>>
  }
}
