/** Who may read a thread. */
export const scopes = ['body', 'leadership', 'group', 'private'] as const

/** One of `scopes`, chosen when the thread is started; its author may narrow it until somebody answers. */
export type Scope = (typeof scopes)[number]
