import { expect, test } from 'vitest'
import { type HeldRight, permissionsOf, type Role, roles } from '#core/rights'
import { navigationFor } from './navigation.ts'

const held = (...of: readonly Role[]): HeldRight[] => of.map((role) => ({ role, areaPath: null, academyId: null }))

test.each<[string, Role[], string[]]>([
  ['a stranger and a member', [], ['Learn', 'Academies']],
  ['a trainer', ['trainer'], ['Learn', 'Academies', 'Teaching']],
  ['a coordinator', ['coordinator'], ['Learn', 'Academies', 'Teaching', 'Coordinating']],
  ['an administrator', ['administrator'], ['Learn', 'Academies', 'Administration']],
  ['a data protection officer', ['data protection officer'], ['Learn', 'Academies', 'Administration']],
  ['an organiser', ['organiser'], ['Learn', 'Academies']],
])('%s finds what is theirs', (_, of, labels) => {
  expect(navigationFor(held(...of)).map(({ label }) => label)).toEqual(labels)
})

test('nobody finds more than five entries, whatever roles they hold', () => {
  expect(navigationFor(held(...roles)).length).toBeLessThanOrEqual(5)
  expect(Object.keys(permissionsOf)).toHaveLength(roles.length)
})
