/** Help to take part: bursaries, childcare, travel, interpreters and quiet rooms, kept apart from those who teach. */
export { help } from './module.ts'
