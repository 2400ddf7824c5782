import { Page, Section, Stack } from '#design'
import type { Visit } from '#platform/web'

/** How places are given, as it is done now. */
export const PlacesPage = (_: object, { frame }: Visit) => (
  <Page frame={frame} title="How places are given">
    <Stack gap="wide">
      <Stack>
        <h1>How places are given</h1>
        <p class="lede">The first to ask has the place. When all are taken, there is a line, and it moves by itself.</p>
        <p>
          Most runs are given in this way. Where places are given in a round, to which one applies, the page of the run
          says so, and nobody gets one by asking first.
        </p>
      </Stack>
      <Section title="Asking">
        <ul>
          <li>Any member can ask for a place until the run begins. You are told at once whether you have one.</li>
          <li>
            You can say what would help you to take part: access, childcare, travel, an interpreter. It never decides
            whether you get a place, and it is not seen by those who teach.
          </li>
          <li>
            You can hold a place on one run of a course at a time, unless the course says otherwise. If you would rather
            come to another run of it, your place there takes the old one’s stead.
          </li>
          <li>Asking twice changes nothing, so it is safe to ask again if the page did not answer.</li>
        </ul>
      </Section>
      <Section title="Waiting">
        <ul>
          <li>When all places are taken you can wait. The page says how many asked before you.</li>
          <li>You can wait for several runs at once.</li>
          <li>
            When a place comes free, because someone gives theirs up or the room grows, it is offered to whoever asked
            first. Nobody can be moved up the line.
          </li>
          <li>Someone who has just come cannot overtake: a place that comes free while people wait is theirs first.</li>
        </ul>
      </Section>
      <Section title="An offer and its end">
        <ul>
          <li>
            An offer is sent by email and stands on <a href="/me">your own page</a>. It says until when you can take it:
            usually three days, and less as the run comes near, so that the next person can still be asked.
          </li>
          <li>
            If you say no, or say nothing, the place goes to the next in line. You can ask again, and are then last in
            line.
          </li>
          <li>
            In the last six hours before a run begins there is no time for offers. Everyone who waits is told that there
            is a seat, and the first to take it has it.
          </li>
        </ul>
      </Section>
      <Section title="When it is not your turn">
        <p>
          A full run tells the academy that more is wanted: it sees how many wait, how long, and where they live. Look
          for <a href="/courses">another run of the course</a>, near you or online.
        </p>
      </Section>
      <Section title="When you cannot come">
        <p>
          Please give your place up on the page of the run, even on the day. Whoever is next is offered it at once.
          Giving it up never counts against you.
        </p>
      </Section>
    </Stack>
  </Page>
)
