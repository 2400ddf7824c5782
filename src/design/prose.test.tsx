import { array, assert, constantFrom, property } from 'fast-check'
import { render } from 'preact-render-to-string'
import { describe, expect, test } from 'vitest'
import { isPlainAddress, markupOf, Prose } from './prose.tsx'

const shown = (text: string) => markupOf(text, 2).trim()

describe('what people write', () => {
  test('becomes paragraphs, lists and emphasis', () => {
    expect(shown('Ask, then **wait**.\n\n- one\n- two')).toBe(
      '<p>Ask, then <strong>wait</strong>.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>',
    )
    expect(render(<Prose text="Hello" />)).toBe('<div class="prose stack close"><p>Hello</p>\n</div>')
  })

  test('that says nothing shows nothing', () => {
    expect(render(<Prose text={' \n '} />)).toBe('')
  })

  test('has its headings below the one it stands under, with no level skipped', () => {
    expect(shown('# One\n\n### Three\n\n## Two\n\n###### Six')).toBe(
      '<h3>One</h3>\n<h4>Three</h4>\n<h4>Two</h4>\n<h5>Six</h5>',
    )
    expect(markupOf('# One', 1)).toBe('<h2>One</h2>\n')
    expect(markupOf('###### Six', 4)).toBe('<h5>Six</h5>\n')
  })

  test('may link to the web, to mail and within this site, and gives the web no good name for it', () => {
    expect(shown('[a](https://example.org/b?c=d&e=f "T")')).toBe(
      '<p><a href="https://example.org/b?c=d&amp;e=f" rel="nofollow noopener noreferrer">a</a></p>',
    )
    expect(shown('[a](mailto:a@example.org)')).toContain('href="mailto:a@example.org"')
    expect(shown('[a](/courses/data-with-care)')).toBe('<p><a href="/courses/data-with-care">a</a></p>')
  })

  test('shows no picture, and says what it would show', () => {
    expect(shown('![A <b>door</b>](https://example.org/spy.png)')).toBe('<p>A &lt;b&gt;door&lt;/b&gt;</p>')
  })
})

describe('what is written to do harm', () => {
  const addresses = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html;base64,PHNjcmlwdD4=',
    'data:image/svg+xml,<svg onload=alert(1)>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'blob:https://example.org/1',
    'feed:javascript:alert(1)',
    '//example.org',
    '/\\example.org',
    '\\\\example.org',
    'https:example.org',
    'http:\\\\example.org',
    '',
  ]
  test.each(addresses)('no link leads to %j', (address) => {
    expect(isPlainAddress(address)).toBe(false)
    for (const written of [`[a](${address})`, `[a](<${address}>)`, `<${address}>`, `[a][b]\n\n[b]: ${address}`])
      expect(faultsIn(markupOf(written, 2)), written).toEqual([])
  })

  const texts = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '<a href="https://example.org" onclick="alert(1)">a</a>',
    '<iframe srcdoc="<script>alert(1)</script>">',
    '<style>@import "https://example.org/a.css"</style>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '[a](https://example.org/"onmouseover="alert(1))',
    "[a](https://example.org/'onmouseover='alert(1))",
    '[a](https://example.org/ "\\"><script>alert(1)</script>")',
    '[a](java&#115;cript:alert(1))',
    '[a](&#x6A;avascript:alert(1))',
    '[a](javascript&colon;alert(1))',
    '[a](java&Tab;script:alert(1))',
    '[a](&NewLine;javascript:alert(1))',
    '[a](https://example.org/&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;)',
    '![a](javascript:alert(1))',
    '![" onerror="alert(1)](https://example.org/a.png)',
    '`<script>alert(1)</script>`',
    '```html" onmouseover="alert(1)\n<script>alert(1)</script>\n```',
    '<!--><script>alert(1)</script>-->',
    '<![CDATA[<script>alert(1)</script>]]>',
    '<?php echo 1 ?>',
    '[<script>alert(1)</script>](https://example.org)',
    '[a]: javascript:alert(1)\n\n[a]',
    '<https://example.org/<script>alert(1)</script>>',
    '\u202E<script>\u2028alert(1)</script>',
    '# <script>alert(1)</script>',
    '| a |\n| - |\n| <script>alert(1)</script> |',
  ]
  test.each(texts)('is only text: %s', (text) => {
    expect(faultsIn(markupOf(text, 2))).toEqual([])
  })

  test('is only text in any mixture', () => {
    const pieces = [...texts, ...addresses, '[', ']', '(', ')', '<', '>', '"', "'", '`', '&', '\\', '\n', '\n\n', '> ']
    assert(
      property(array(constantFrom(...pieces), { maxLength: 12 }), (some) => {
        expect(faultsIn(markupOf(some.join(''), 2))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  const heavy: [string, string][] = [
    ['quotations in quotations', '> '.repeat(20_000)],
    ['lists in lists', Array.from({ length: 2000 }, (_, at) => `${'  '.repeat(at)}- a`).join('\n')],
    ['brackets', '['.repeat(50_000)],
    ['half links', '[a]('.repeat(12_000)],
    ['links in links', `${'['.repeat(10_000)}a${'](https://example.org)'.repeat(2000)}`],
    ['stars', '*a_ '.repeat(12_000)],
    ['stars and underlines', '**_'.repeat(16_000)],
    ['backticks', Array.from({ length: 300 }, (_, at) => '`'.repeat(at)).join(' ')],
    ['open tags', '<a '.repeat(16_000)],
    ['comments', '<!--'.repeat(12_000)],
    ['entities', '&amp'.repeat(12_000)],
    ['spaces', `a${' '.repeat(49_000)}b`],
    ['references', Array.from({ length: 2000 }, (_, at) => `[${at}]: /a\n[${at}]`).join('\n\n')],
    ['a long line', 'a'.repeat(50_000)],
    ['headings', '#\n'.repeat(25_000)],
    ['an address', `<https://${'a.'.repeat(20_000)}>`],
    ['strikes', '~~a '.repeat(12_000)],
  ]
  test.each(heavy)('cannot keep the server busy: %s', (_, text) => {
    const start = performance.now()
    const markup = markupOf(text, 2)
    expect(performance.now() - start).toBeLessThan(2000)
    expect(faultsIn(markup)).toEqual([])
  })
})

const tags = new Set('h3 h4 h5 h6 p ul ol li blockquote hr br strong em s a code pre'.split(' '))

/** Everything in markup that is not a plain tag with a plain address. What remains without those tags must have no angle. */
function faultsIn(markup: string): string[] {
  const faults: string[] = []
  const rest = markup.replace(/<\/?([a-z0-9]+)((?: [a-z]+="[^"<>]*")*)(?: \/)?>/g, (_, tag: string, said: string) => {
    if (!tags.has(tag)) faults.push(tag)
    for (const [, name, value = ''] of said.matchAll(/ ([a-z]+)="([^"]*)"/g)) {
      const plain =
        (name === 'href' && isPlainAddress(value.replaceAll('&amp;', '&').replaceAll('&quot;', '"'))) ||
        (name === 'rel' && value === 'nofollow noopener noreferrer') ||
        (name === 'start' && /^\d+$/.test(value))
      if (!plain) faults.push(`${tag} ${name}=${value}`)
    }
    return ''
  })
  return rest.includes('<') ? [...faults, rest] : faults
}
