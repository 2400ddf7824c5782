/** Registers: who came to each session. */
export { keepRegister } from './keep.ts'
export { type Mark, markNames, marks } from './mark.ts'
export { sessionsOfTrainer, type TrainersSession } from './mine.ts'
export { register } from './module.ts'
export { addTurnedUp } from './turned-up.ts'
