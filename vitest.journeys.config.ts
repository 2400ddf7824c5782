import { defineConfig } from 'vitest/config'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['test/journeys/**/*.test.ts'],
    fileParallelism: false,
    globalSetup: ['test/journeys/setup.ts'],
    // the first kind of browser to meet a page waits while it is held against axe in both schemes
    testTimeout: 240_000,
    hookTimeout: 180_000,
  },
})
