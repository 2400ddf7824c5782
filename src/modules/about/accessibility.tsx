import { Page, Section, Stack } from '#design'
import type { Visit } from '#platform/web'

/** How accessible these pages are, how that was found out, what is not good enough, and how to say so. */
export const AccessibilityPage = (_: object, { frame }: Visit) => (
  <Page frame={frame} title="Accessibility">
    <Stack gap="wide">
      <Stack>
        <h1>Accessibility</h1>
        <p class="lede">
          Everyone who wants to learn to organise must be able to use these pages. This says how far that is so.
        </p>
      </Stack>
      <Section title="What you can count on">
        <ul>
          <li>
            Everything works without JavaScript, with a keyboard alone, and at a width of 320 pixels, which is a large
            page zoomed to 400%. Only passkeys need JavaScript; a link by email does the same without.
          </li>
          <li>
            Text can be made twice as large without losing anything. Colours follow your device’s light or dark setting.
          </li>
          <li>
            Nothing is told by colour alone: the map, the bars and the tags say in words what they show, and each
            picture has its table.
          </li>
          <li>
            Errors are listed at the top of a form, lead to their field, and say what to do. What you typed is kept.
          </li>
          <li>
            Nothing moves by itself. Little is timed: offers of a place, and links and codes to sign in. Each says how
            long it lasts, and you can ask again.
          </li>
        </ul>
      </Section>
      <Section title="How it was tested">
        <ul>
          <li>Aim: the Web Content Accessibility Guidelines 2.2, level AA.</li>
          <li>
            The test suite opens the pages of the main journeys in Chromium, 320 and 1280 pixels wide, light and dark,
            with and without JavaScript, and lets axe-core examine each. A page with a fault that axe finds fails the
            build.
          </li>
          <li>
            Another test measures every pair of text and ground in both colour schemes: 4.5 to 1 or more for text, 3 to
            1 for the edges of fields and signs.
          </li>
        </ul>
      </Section>
      <Section title="What is not good enough">
        <ul>
          <li>
            Programs find perhaps half of what hinders people. These pages have not yet been tried by people who use
            screen readers, magnifiers, voice control or switches every day. An organisation that runs Hearten should
            ask some of its members to, and pay them.
          </li>
          <li>The large map has 650 links. With a keyboard, use the link before it to skip to the table.</li>
          <li>Dates are typed into your device’s own date field, which some screen readers read poorly.</li>
          <li>
            What academies write about their venues is as true as they make it. If a venue is not as described, tell the
            academy.
          </li>
          <li>There is no Welsh version, no easy-read version and no signed version yet.</li>
        </ul>
      </Section>
      <Section title="Tell us" id="tell">
        <p>
          If something here keeps you out, tell {frame.organisation}, whose address stands at the foot of each page, or{' '}
          <a href="/academies">your academy</a>. Say which page, what you wanted to do and what you use. You can have
          any of it done for you by telephone or on paper meanwhile: ask your academy.
        </p>
        <p>
          If you get no good answer, the{' '}
          <a href="https://www.equalityadvisoryservice.com/">Equality Advisory and Support Service</a> advises people in
          England, Scotland and Wales, and the <a href="https://www.equalityni.org/">Equality Commission</a> those in
          Northern Ireland.
        </p>
      </Section>
    </Stack>
  </Page>
)
