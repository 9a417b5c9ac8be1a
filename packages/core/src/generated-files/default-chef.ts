/** The newest line of Chef that runs without a licence key. */
export const defaultChefVersion = '18'
