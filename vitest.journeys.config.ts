import { defineConfig } from 'vitest/config'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['test/journeys/**/*.test.ts'],
    fileParallelism: false,
    globalSetup: ['test/journeys/server.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
})
