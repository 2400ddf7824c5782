import { dayOf, sayDate, sayTime } from '#core/days'
import { Facts, Notice, Page, Section, Stack } from '#design'
import type { Visit } from '#platform/web'

export interface Sources {
  areas: number
  postcodes: boolean
  roll: Date | null
  counted: Date | null
  map: Date | null
}

/** Where the data comes from, as the database itself tells it; in one query. */
export async function loadSources({ db }: Visit): Promise<Sources> {
  return db
    .selectNoFrom((eb) => [
      eb
        .selectFrom('area')
        .where('kind', '=', 'constituency')
        .select((of) => of.fn.countAll<number>().as('n'))
        .$asScalar()
        .$notNull()
        .as('areas'),
      eb.exists(eb.selectFrom('postcode').select('postcode')).$castTo<boolean>().as('postcodes'),
      eb
        .selectFrom('roll_import')
        .where('finished_at', 'is not', null)
        .select((of) => of.fn.max('finished_at').as('at'))
        .$asScalar()
        .as('roll'),
      eb.selectFrom('setting').where('name', '=', 'figures').select('changed_at').$asScalar().as('counted'),
      eb
        .selectFrom('area_quarter')
        .select((of) => of.fn.max('counted_at').as('at'))
        .$asScalar()
        .as('map'),
    ])
    .executeTakeFirstOrThrow()
}

/** What this product holds and where its figures come from. */
export const DataPage = (the: Sources, { frame }: Visit) => (
  <Page frame={frame} title="About the data">
    <Stack gap="wide">
      <Stack>
        <h1>About the data</h1>
        <p class="lede">What stands behind the figures on these pages, and how far to trust them.</p>
        {frame.demonstration && (
          <Notice tone="wait" title="This is a demonstration">
            <p>People, academies, runs and figures are made up. Only the areas and the courses are real.</p>
          </Notice>
        )}
      </Stack>
      <Section title="How fresh it is">
        <Facts
          items={[
            ['Members', the.roll ? `as on the roll read on ${say(the.roll)}` : 'no membership roll has been read yet'],
            ['Figures', the.counted ? `counted on ${say(the.counted)}` : 'counted when they are asked for'],
            ['Map', the.map ? `counted on ${say(the.map)}` : 'not counted yet'],
            ['Areas', `${the.areas.toLocaleString('en-GB')} constituencies`],
            ['Postcodes', the.postcodes ? 'found one by one' : 'only the region is known from a postcode here'],
          ]}
        />
      </Section>
      <Section title="Figures on the first page">
        <ul>
          <li>
            <b>Places open:</b> places not taken on published runs that have not begun. A place that is offered to
            someone counts as taken.
          </li>
          <li>
            <b>Academies:</b> those that are open today.
          </li>
          <li>
            <b>Trained:</b> people who came to at least one session of a run that has ended, by the registers of its
            trainers. Whoever came to several runs counts once.
          </li>
        </ul>
        <p>They are counted every five minutes.</p>
      </Section>
      <Section title="The map">
        <p>
          One hexagon for each constituency, so that each counts the same however large it is. The layout was drawn by
          the Open Data Institute in Leeds for the 650 constituencies that were used from 2010 to 2024, and so were the
          numbers of electors, which are those of 2015, unless the organisation has loaded newer ones. Figures on the
          map are by quarter of the year, and are counted again within minutes of a change.
        </p>
        <ul>
          <li>
            <b>Places:</b> confirmed places, on runs that begin in the quarter, of people who live in the constituency.
          </li>
          <li>
            <b>Runs:</b> published runs that begin there in the quarter. Those online are in no constituency.
          </li>
          <li>
            <b>Members trained:</b> members who live there now and had come to at least one session by the end of the
            quarter. Fewer than 10 are not told, except to staff who see reports there.
          </li>
        </ul>
      </Section>
      <Section title="Areas and postcodes">
        <p>
          Areas form a tree: nation, region, constituency, ward. Without a list of postcodes, the letters that a
          postcode begins with tell the region, and you choose your constituency by name. A postcode that you type to
          find training is not kept.
        </p>
        <p>“Near” is in miles where both positions are known, as the crow flies, and otherwise in constituencies.</p>
      </Section>
      <Section title="Demand">
        <p>
          What coordinators see as “asking” are people who asked for a place on a run that begins in the next three
          months, each counted once for the constituency they live in. Members who asked to be told of a course without
          asking for a place are counted apart. Wanting something without saying so is not counted, so true demand is
          larger.
        </p>
      </Section>
      <Section title="Courses">
        <p>
          The courses were written for this programme. Each change makes a new version; a run keeps the version it was
          planned with.
        </p>
      </Section>
      <Section title="What was done, and by whom">
        <p>
          Every change leaves an entry in a record, sealed by a chain of hashes, so that an entry altered or taken out
          would show. Those who look after the data read it; you see what it says about you with{' '}
          <a href="/me/data">your own data</a>.
        </p>
      </Section>
      <Section title="Read on">
        <ul>
          <li>
            <a href="/privacy">What is held about people, why and for how long</a>
          </li>
          <li>
            <a href="/map/table">All figures of the map as a table</a>
          </li>
          <li>
            <a href="/about/api">How programs can read and write here</a>
          </li>
        </ul>
      </Section>
    </Stack>
  </Page>
)

const say = (at: Date): string => `${sayDate(dayOf(at))} at ${sayTime(at)}`
