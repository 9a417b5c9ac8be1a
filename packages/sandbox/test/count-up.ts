import { AccountStore } from '../src/account/account-store.ts'

/** A process of a test: counts up in an account a number of times, or dies while it does. */
const [folder = '', times = ''] = process.argv.slice(2)
const store = new AccountStore(folder)

for (let turn = 0; turn < (times === 'die' ? 1 : Number(times)); turn += 1) {
  await store.change((state) => {
    if (times === 'die') process.kill(process.pid, 'SIGKILL')
    state.clock.ahead += 1
  })
}
