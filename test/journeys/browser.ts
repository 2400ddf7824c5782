/** A browser as people have them: narrow or wide, light or dark, with or without JavaScript; each page it meets is checked. */
import { type Browser, chromium, type Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { lookAt } from './looking.ts'

export interface Kind {
  width: 320 | 1280
  dark: boolean
  javaScript: boolean
}

/** Every kind of browser that each journey is made with. */
export const kinds: readonly Kind[] = [320, 1280].flatMap((width) =>
  [false, true].flatMap((dark) =>
    [true, false].map((javaScript) => ({ width: width as 320 | 1280, dark, javaScript })),
  ),
)

/** Half of them, for journeys of many pages: each width, each scheme, and JavaScript on and off, in every pair. */
export const fewKinds = kinds.filter(({ width, dark, javaScript }) => (width === 320) === (dark !== javaScript))

/** Two of them, for journeys of several people that meet the same forms: narrow without JavaScript, and wide with it. */
export const twoKinds = fewKinds.filter(({ dark }) => dark)

export const sayKind = ({ width, dark, javaScript }: Kind): string =>
  `${width} px, ${dark ? 'dark' : 'light'}, JavaScript ${javaScript ? 'on' : 'off'}`

let opened: Promise<Browser> | undefined

/** The one browser of all journeys, as the server of journeys keeps it. */
const browser = (): Promise<Browser> => (opened ??= chromium.connect(inject('browser')))

/** One person with one browser. */
export interface Person {
  page: Page
  /** Goes to an address, or follows what is there, and checks the page that comes. */
  visits: (path: string) => Promise<void>
  clicks: (name: string | RegExp) => Promise<void>
  presses: (name: string | RegExp) => Promise<void>
  /** What the main part of the page says. */
  reads: () => Promise<string>
  /** Signs in as one of the demonstration's people. */
  signsInAs: (label: string | RegExp) => Promise<void>
  leaves: () => Promise<void>
}

/** Opens a browser of a kind. */
export async function personWith(kind: Kind): Promise<Person> {
  const context = await (
    await browser()
  ).newContext({
    baseURL: inject('address'),
    viewport: { width: kind.width, height: 800 },
    colorScheme: kind.dark ? 'dark' : 'light',
    javaScriptEnabled: kind.javaScript,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  })
  // what is not there after this long will not come; the test then says what it waited for
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const elsewhere = watchRequests(page)
  const check = async () => {
    await page.waitForLoadState('load')
    await lookAt(page, kind)
    expect(elsewhere, 'requests to other hosts').toEqual([])
  }
  const person: Person = {
    page,
    visits: async (path) => {
      await page.goto(path)
      await check()
    },
    clicks: async (name) => {
      await page.getByRole('link', { name }).first().click()
      await check()
    },
    presses: async (name) => {
      await page.getByRole('button', { name }).first().click()
      await check()
    },
    // not by a locator, which would bring Playwright's own script into each page that is only read
    reads: () => page.evaluate(() => document.querySelector('main')!.innerText),
    signsInAs: async (label) => {
      await person.visits('/sign-in')
      await person.presses(label)
    },
    leaves: () => context.close(),
  }
  return person
}

/** Opens a browser of a kind and signs in as one of the demonstration's people. */
export async function signedIn(kind: Kind, name: string): Promise<Person> {
  const person = await personWith(kind)
  await person.signsInAs(name)
  return person
}

/** What the summary at the top of a form says is wrong with it. */
export const problems = ({ page }: Person): Promise<string> => page.locator('#problems').innerText()

function watchRequests(page: Page): string[] {
  const elsewhere: string[] = []
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol.startsWith('http') && url.origin !== inject('address')) elsewhere.push(request.url())
  })
  return elsewhere
}
