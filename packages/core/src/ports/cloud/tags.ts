/** Tags as AWS keeps them: at most 50, key and value texts. */
export type Tags = Readonly<Record<string, string>>
