import { Page, Section, Stack } from '#design'
import type { Visit } from '#platform/web'

/** How places are given, as it is done now. */
export const PlacesPage = (_: object, { frame }: Visit) => (
  <Page frame={frame} title="How places are given">
    <Stack gap="wide">
      <Stack>
        <h1>How places are given</h1>
        <p class="lede">
          On most runs the first to ask has the place. Where more want to come than there are places, a round gives them
          by lot. When all are taken, there is a line, and it moves by itself.
        </p>
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
      <Section title="Rounds">
        <ul>
          <li>
            You apply once for several runs, the one you want most first. Early or late makes no difference, and you can
            change your mind until the <a href="/rounds">round</a> closes.
          </li>
          <li>
            Each round says who comes first: for example, those who have never had a place. Among equals a lottery
            decides. Nothing else counts, and nobody can be moved up.
          </li>
          <li>
            You get the best run on your list that your number reaches. No list other than your true one gets you more.
          </li>
          <li>
            Some seats may be held first for members of a group that takes part less than others. A{' '}
            <a href="/measures">measure</a> says why, and until when. Saying that you belong never harms you, and nobody
            who decides is told. A seat that none of them wants goes to anyone.
          </li>
          <li>
            If you did not get what you wanted most, you wait for it, in the order of the draw. A place that is yours is
            never taken away. If a better one comes free, you choose.
          </li>
          <li>
            Everything by which a round was drawn is published under pseudonyms. The page of each round shows how to
            compute it again, with our program or with nothing but a hash tool.
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
