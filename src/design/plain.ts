/** Marks a list drawn without bullets as a list all the same: Safari's screen reader would otherwise not call it one. */
export const plain = { role: 'list' } as const
