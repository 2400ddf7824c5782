import type { VNode } from 'preact'
import { render } from 'preact-render-to-string'
import { describe, expect, test } from 'vitest'
import type { Frame } from '#core/frame'
import {
  Choices,
  ErrorSummary,
  Facts,
  Form,
  Gallery,
  HexMap,
  Page,
  sayPlaces,
  Select,
  Table,
  TextArea,
  TextField,
} from './index.ts'
import { initialsOf } from './notice.tsx'

const frame: Frame = {
  organisation: 'Hearten',
  imprint: 'Promoted by the demonstration organisation',
  nav: [{ href: '/courses', label: 'Learn' }],
  me: null,
  demonstration: false,
  csrf: 'proof',
  assets: {
    css: '/assets/app.css',
    fonts: ['/assets/a.woff2'],
    favicon: '/assets/f.svg',
    islands: { door: '/assets/door.js' },
  },
}
const html = (node: VNode | null) => render(<>{node}</>)

describe('a page', () => {
  const page = html(
    <Page frame={frame} title="Courses" current="/courses" crumbs={[{ href: '/', label: 'Home' }]}>
      <h1>Courses</h1>
    </Page>,
  )

  test('is in British English, has a title with the name of the organisation, and preloads its fonts', () => {
    expect(page).toContain('<html lang="en-GB">')
    expect(page).toContain('<title>Courses – Hearten</title>')
    expect(page).toContain(
      '<link rel="preload" href="/assets/a.woff2" as="font" type="font/woff2" crossorigin="anonymous"/>',
    )
  })

  test('offers a stranger to sign in, and shows a person their name', () => {
    expect(page).toContain('<a class="me" href="/sign-in">Sign in</a>')
    const hers = html(<Page frame={{ ...frame, me: { name: 'Amina', href: '/me' } }} title="T" children="" />)
    expect(hers).toContain('<a class="me" href="/me">Amina</a>')
    expect(hers).not.toContain('Sign in')
  })

  test('can be skipped to its main part, and says where in the navigation it stands', () => {
    expect(page).toContain('<a class="skip" href="#main">')
    expect(page).toContain('<main id="main"')
    expect(page).toContain('<a href="/courses" aria-current="page">Learn</a>')
  })

  test('runs no script unless it names an island, and refuses one that was not built', () => {
    expect(page).not.toContain('<script')
    expect(html(<Page frame={frame} title="T" islands={['door']} children="" />)).toContain(
      '<script type="module" src="/assets/door.js">',
    )
    expect(() => html(<Page frame={frame} title="T" islands={['attic']} children="" />)).toThrow(
      'no island called attic',
    )
  })

  test('that refuses a form says so in its title and first of all', () => {
    const refused = html(
      <Page frame={frame} title="Join" problems={{ email: 'Enter an email address' }} children={<h1>Join</h1>} />,
    )
    expect(refused).toContain('<title>Problem: Join – Hearten</title>')
    expect(refused.indexOf('role="alert"')).toBeLessThan(refused.indexOf('<h1>'))
  })
})

describe('a form', () => {
  const problems = { '': 'The list is closed', email: 'Enter an email address', how: 'Choose one' }
  const options = [
    { value: 'near', label: 'Near me' },
    { value: 'online', label: 'Online' },
  ]

  test('carries the proof that it came from our page', () => {
    expect(html(<Form action="/join" csrf="proof" children="" />)).toContain(
      '<input type="hidden" name="csrf" value="proof"/>',
    )
  })

  test('links each problem to its field, and none for the form as a whole', () => {
    const form = html(
      <>
        <ErrorSummary problems={problems} />
        <TextField name="email" label="Email" problems={problems} />
        <Choices kind="radio" name="how" label="How" options={options} problems={problems} />
      </>,
    )
    const links = [...form.matchAll(/<a href="#([^"]+)">/g)].map(([, id]) => id)
    expect(links).toEqual(['email', 'how'])
    for (const id of links) expect(form).toMatch(new RegExp(`<input[^>]* id="${id}"|<input id="${id}"`))
    expect(form).toContain('<li>The list is closed</li>')
  })

  test('without problems has no summary', () => {
    expect(html(<ErrorSummary problems={undefined} />)).toBe('')
    expect(html(<ErrorSummary problems={{}} />)).toBe('')
  })

  test('ties a hint and a problem to their field', () => {
    const field = html(<TextField name="email" label="Email" hint="We write seldom" problems={problems} />)
    expect(field).toContain('aria-describedby="email-hint email-error"')
    expect(field).toContain('aria-invalid="true"')
    expect(field).toContain('id="email-hint"')
    expect(field).toContain('id="email-error"')
    expect(html(<TextField name="email" label="Email" />)).not.toMatch(/aria-(describedby|invalid)/)
  })

  test('keeps what was typed, before what was there, and lets nothing of it become markup', () => {
    const typed = { name: '"><script>', note: '</textarea><b>', area: 'b', how: ['online'] }
    expect(html(<TextField name="name" label="N" typed={typed} value="Before" />)).toContain(
      'value="&quot;>&lt;script>"',
    )
    expect(html(<TextArea name="note" label="N" typed={typed} />)).toContain('&lt;/textarea>&lt;b></textarea>')
    expect(
      html(
        <Select
          name="area"
          label="A"
          typed={typed}
          value="a"
          options={[
            { value: 'a', label: 'A' },
            { value: 'b', label: 'B' },
          ]}
        />,
      ),
    ).toContain('<option value="b" selected>')
    const boxes = html(
      <Choices kind="checkbox" name="how" label="How" options={options} typed={typed} chosen={['near']} />,
    )
    expect(boxes).toMatch(/value="online" checked/)
    expect(boxes).not.toMatch(/value="near" checked/)
    expect(html(<TextField name="name" label="N" typed={{}} value="Before" />)).toContain('value="Before"')
  })

  test('keeps a box unticked that was sent unticked', () => {
    expect(
      html(
        <Choices
          kind="checkbox"
          name="how"
          label="How"
          options={options}
          typed={{ name: 'Amina' }}
          chosen={['near']}
        />,
      ),
    ).not.toContain('checked')
  })

  test('never sends a password back', () => {
    expect(html(<TextField name="secret" type="password" label="S" typed={{ secret: 'hunter2' }} />)).not.toContain(
      'hunter2',
    )
  })
})

describe('a table', () => {
  const columns = [
    { key: 'name', label: 'Name', sort: '?sort=name', sorted: 'descending' as const },
    { key: 'places', label: 'Places', number: true },
  ]
  const rows = [{ name: 'Ashfield', places: 1200 }]

  test('says which rows it shows, leads to the others, and gives them all as CSV', () => {
    const table = html(
      <Table
        caption="Areas"
        columns={columns}
        rows={rows}
        paging={{ from: 26, total: 1412, previous: '?page=1', next: '?page=3' }}
        csv="?as=csv"
      />,
    )
    expect(table).toContain('26 to 26 of 1,412')
    expect(table).toContain('<a href="?page=1" rel="prev">')
    expect(table).toContain('<a href="?page=3" rel="next">')
    expect(table).toContain('<a href="?as=csv" download>')
  })

  test('has no link beyond its last page', () => {
    expect(html(<Table caption="Areas" columns={columns} rows={rows} paging={{ from: 1, total: 1 }} />)).not.toMatch(
      /rel="(prev|next)"/,
    )
  })

  test('says how it is sorted, names its rows, and writes figures as we write them', () => {
    const table = html(<Table caption="Areas" columns={columns} rows={rows} />)
    expect(table).toContain('<th scope="col" aria-sort="descending"><a href="?sort=name">')
    expect(table).toContain('<th scope="row">Ashfield</th><td class="number">1,200</td>')
    expect(table).toContain('<caption>Areas</caption>')
  })

  test('without rows says why instead', () => {
    expect(html(<Table caption="Areas" columns={columns} rows={[]} empty={<p>None yet</p>} />)).toBe(
      '<div><p>None yet</p></div>',
    )
  })
})

describe('the hexagon map', () => {
  const cell = { code: 'E1', name: 'Ashfield', q: 2, r: 1, level: 3 as const, label: '5.2 places', href: '/areas/E1' }

  test('names every hexagon and says its figure', () => {
    const map = html(<HexMap cells={[cell, { ...cell, name: 'Ynys Môn', href: '/areas/W1' }]} label="Places" />)
    expect(map).toContain('<a href="/areas/E1" class="h3"><title>Ashfield: 5.2 places</title>')
    expect(map).toContain('<title>Ynys Môn: 5.2 places</title>')
    expect(map).toContain('role="group" aria-label="Places"')
  })

  test('puts the north above the south, and moves odd rows half a hexagon east', () => {
    const at = (q: number, r: number) => {
      const [, x, y] =
        /<use href="#hex" x="(-?\d+)" y="(-?\d+)"/.exec(html(<HexMap cells={[{ ...cell, q, r }]} label="P" />)) ?? []
      return { x: Number(x), y: Number(y) }
    }
    expect(at(0, 2).y).toBeLessThan(at(0, 1).y)
    expect(at(0, 1).x - at(0, 0).x).toBe((at(1, 0).x - at(0, 0).x) / 2)
    expect(at(0, -1).x).toBe(at(0, 1).x)
  })

  test('is one picture where nothing in it leads anywhere', () => {
    const still = html(<HexMap cells={[{ ...cell, href: undefined }]} label="Places" />)
    expect(still).toContain('role="img" aria-label="Places"')
    expect(still).toContain('<g class="h3"><use href="#hexagon"')
    expect(still).not.toContain('<title>')
  })
})

test('facts that say nothing are left out', () => {
  expect(
    html(
      <Facts
        items={[
          ['Where', 'Online'],
          ['Cost', undefined],
        ]}
      />,
    ),
  ).not.toContain('Cost')
})

test('places are said in words', () => {
  expect(sayPlaces(9, 20)).toBe('11 of 20 places left')
  expect(sayPlaces(0, 1)).toBe('1 of 1 place left')
  expect(sayPlaces(18, 18, 3)).toBe('Full · 3 waiting')
  expect(sayPlaces(19, 18)).toBe('Full')
})

test('initials are the first and the last, in any script', () => {
  expect(initialsOf('Amina bint Farooq')).toBe('AF')
  expect(initialsOf(' Ólafur ')).toBe('Ó')
  expect(initialsOf('')).toBe('')
})

test('nothing anywhere needs a style attribute or a script of its own, which our pages forbid', () => {
  const gallery = html(<Gallery frame={frame} />)
  expect(gallery.length).toBeGreaterThan(20_000)
  expect(gallery).not.toMatch(/\sstyle=/)
  expect(gallery).not.toContain('<style')
  expect(gallery).not.toContain('<script')
  expect(gallery).not.toMatch(/\son[a-z]+=/)
})

test('no two things in the gallery have the same id', () => {
  const ids = [...html(<Gallery frame={frame} />).matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
})
