import { expect, test } from 'vitest'
import { type HeldRight, permissionsOf, type Role, roles } from '#core/rights'
import { navigationFor } from './navigation.ts'

const held = (...of: readonly Role[]): HeldRight[] => of.map((role) => ({ role, areaPath: null, academyId: null }))

test.each<[string, Role[], string[]]>([
  ['a stranger and a member', [], ['Learn', 'Near you', 'Academies']],
  ['a trainer', ['trainer'], ['Learn', 'Near you', 'Academies', 'Teaching']],
  ['a coordinator', ['coordinator'], ['Learn', 'Near you', 'Academies', 'Teaching', 'Coordinating']],
  ['an administrator', ['administrator'], ['Learn', 'Near you', 'Academies', 'Administration']],
  ['a data protection officer', ['data protection officer'], ['Learn', 'Near you', 'Academies', 'Administration']],
  ['an equality lead', ['equality lead'], ['Learn', 'Near you', 'Academies', 'Equality']],
  ['an organiser', ['organiser'], ['Learn', 'Near you', 'Academies']],
])('%s finds what is theirs', (_, of, labels) => {
  expect(navigationFor(held(...of)).map(({ label }) => label)).toEqual(labels)
})

test('nobody finds more than five entries, whatever roles they hold', () => {
  expect(navigationFor(held(...roles)).length).toBeLessThanOrEqual(5)
  expect(Object.keys(permissionsOf)).toHaveLength(roles.length)
})
