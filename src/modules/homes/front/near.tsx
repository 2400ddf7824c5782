/** From a postcode to training: straight on where it says which constituency, and one question more where it says only the region. */
import { Ask, Button, Page, PostcodeField, Row, Select, Stack } from '#design'
import { anyone, type Route, type Visit } from '#platform/web'
import { type Area, areasNamed, constituencies, placeOf, sayRegion } from '../../areas/index.ts'

/** /near?near=NG17+1AA, which the front page asks. */
export const nearRoute: Route = {
  method: 'GET',
  path: '/near',
  access: anyone,
  door: 'page',
  answer: async (visit) => {
    const said = (visit.query.get('near') ?? '').replaceAll('\0', '').trim().slice(0, 80)
    const found = said ? await placeOf(visit.db, said) : undefined
    if (found?.exact) return { kind: 'go', to: coursesNear(found.area.code) }
    if (found) {
      const choices = await constituencies(visit.db, found.area.region ?? found.area.code)
      if (choices.length === 0) return { kind: 'go', to: coursesNear(found.area.code) }
      return {
        kind: 'page',
        status: 200,
        page: <WhichConstituency visit={visit} said={said} region={found.area} choices={choices} />,
      }
    }
    const likest = said ? await areasNamed(visit.db, said, 6) : []
    if (likest[0]?.name.toLowerCase() === said.toLowerCase()) return { kind: 'go', to: coursesNear(likest[0].code) }
    return { kind: 'page', status: 422, page: <WhichPlace visit={visit} said={said} likest={likest} /> }
  },
}

const coursesNear = (code: string): string => `/courses?near=${encodeURIComponent(code)}`

const WhichConstituency = ({
  visit,
  said,
  region,
  choices,
}: {
  visit: Visit
  said: string
  region: Area
  choices: readonly { code: string; name: string }[]
}) => (
  <Page frame={visit.frame} title="Which constituency?" current="/courses">
    <Stack gap="roomy">
      <h1>Which constituency?</h1>
      <p class="lede">
        {said.toUpperCase()} is in {sayRegion(region.name)}. Choose your constituency, and training is shown by how near
        it is.
      </p>
      <form method="get" action="/courses" class="stack">
        <Select
          name="near"
          label="Your constituency"
          options={choices.map(({ code, name }) => ({ value: code, label: name }))}
        />
        <Row>
          <Button>Find training</Button>
          <a href={coursesNear(region.code)}>I do not know: show all of {sayRegion(region.name)}</a>
        </Row>
      </form>
    </Stack>
  </Page>
)

const WhichPlace = ({ visit, said, likest }: { visit: Visit; said: string; likest: readonly Area[] }) => {
  const problem = said ? 'We do not know this postcode. Enter one, like NG17 1AA.' : 'Enter a postcode, like NG17 1AA.'
  return (
    <Page frame={visit.frame} title="Find training near you" current="/courses" problems={{ near: problem }}>
      <Stack gap="roomy">
        <h1>Find training near you</h1>
        <Ask action="/near" submit="Find training" label="Find training near you">
          <PostcodeField name="near" value={said} error={problem} />
        </Ask>
        {likest.length > 0 && (
          <Stack gap="close">
            <p>Did you mean one of these?</p>
            <ul>
              {likest.map(({ code, name }) => (
                <li>
                  <a href={coursesNear(code)}>{name}</a>
                </li>
              ))}
            </ul>
          </Stack>
        )}
        <Row>
          <a href="/courses">All courses, wherever they are</a>
          <a href="/map">Find your constituency on the map</a>
        </Row>
      </Stack>
    </Page>
  )
}
