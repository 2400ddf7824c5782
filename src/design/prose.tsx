/** Markdown as people write it, shown safely: no markup of theirs passes, and no address but a plain one. */
import MarkdownIt from 'markdown-it'
import sanitizeHtml from 'sanitize-html'

/** Written text, with its headings below the page's own: `under` is the level of the heading that it stands under. */
export const Prose = ({ text, under = 2 }: { text: string; under?: 1 | 2 | 3 | 4 }) =>
  text.trim() === '' ? null : (
    <div class="prose stack close" dangerouslySetInnerHTML={{ __html: markupOf(text, under) }} />
  )

/** The markup that Markdown gives: html is written out as text, links go only to the web, to mail or within this site. */
export function markupOf(text: string, under: number): string {
  const key = `${under}${text}`
  const known = made.get(key)
  if (known !== undefined) return known
  const tokens = markdown.parse(text.slice(0, longest), {})
  const markup = sanitizeHtml(markdown.renderer.render(shifted(tokens, under), markdown.options, {}), allowed)
  if (made.size >= mostKept) made.clear()
  made.set(key, markup)
  return markup
}

// The same few hundred texts are shown again and again, and the second wall takes a millisecond for each.
const made = new Map<string, string>()
const mostKept = 1000
const longest = 50_000

/** What a link may lead to. Control characters and backslashes are nobody's address, and browsers read them in odd ways. */
export const isPlainAddress = (address: string): boolean =>
  /^(https?:\/\/[^\s\\]+|mailto:[^\s\\]+|#[\w-]*|\/(?![/\\])[^\s\\]*)$/i.test(address)

const markdown = new MarkdownIt('default', { html: false, linkify: false, typographer: false, maxNesting: 20 })
markdown.validateLink = isPlainAddress
// A table needs a caption, for which Markdown has no words.
markdown.disable('table')
// Pictures from elsewhere would tell others who reads what: what a picture shows is said instead.
markdown.renderer.rules['image'] = (tokens, at) => markdown.utils.escapeHtml(tokens[at]?.content ?? '')

type Tokens = ReturnType<typeof markdown.parse>

/** Headings begin one level below `under`, and never skip a level on the way down. */
function shifted(tokens: Tokens, under: number): Tokens {
  let [last, level] = [under, under]
  for (const token of tokens) {
    if (token.type === 'heading_open') last = level = Math.min(Number(token.tag.slice(1)) + under, last + 1, 6)
    if (token.type.startsWith('heading_')) token.tag = `h${level}`
  }
  return tokens
}

const allowed: sanitizeHtml.IOptions = {
  allowedTags: 'h2 h3 h4 h5 h6 p ul ol li blockquote hr br strong em s a code pre'.split(' '),
  allowedAttributes: { a: ['href', 'rel'], ol: ['start'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  nestingLimit: 40,
  transformTags: {
    a: (tagName, { href = '' }) => ({
      tagName,
      attribs: !isPlainAddress(href)
        ? {}
        : /^[/#]/.test(href)
          ? { href }
          : { href, rel: 'nofollow noopener noreferrer' },
    }),
  },
}
