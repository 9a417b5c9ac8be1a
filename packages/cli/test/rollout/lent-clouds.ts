import type { Clock } from '@package/core/ports/clock'
import type { Clouds } from '@package/core/ports/cloud/cloud'

import { awsClouds } from '../../src/systems/aws/aws-clouds.ts'
import { AwsTime } from '../../src/systems/aws/aws-time.ts'
import type { mortalDoor } from './mortal-door.ts'

/** Where a run finds its time and its AWS. */
interface Place {
  clock: Clock
  door: ReturnType<typeof mortalDoor>
}

export interface LentClouds {
  clouds: Clouds
  /** A run that was cut off dead keeps its own: what it waits for could come back to life. */
  giveBack: () => void
}

export const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' }

/** What is ready for another run; to make the SDK's clients anew takes a good part of a short one. */
const free: Seat[] = []

/** The clouds for one run, which remember nothing of those that had them before. */
export function lendClouds(place: Place): LentClouds {
  const seat = free.pop() ?? new Seat(place)
  seat.begin(place)
  return { clouds: seat.clouds, giveBack: () => void free.push(seat) }
}

class Seat {
  readonly clouds: Clouds
  readonly #made = new Set<string>()
  #place: Place

  constructor(place: Place) {
    this.#place = place
    const clock: Clock = {
      now: () => this.#place.clock.now(),
      sleep: (milliseconds) => this.#place.clock.sleep(milliseconds),
      random: () => this.#place.clock.random(),
      pollInterval: place.clock.pollInterval,
    }
    const connection = {
      clock,
      time: new AwsTime(clock),
      made: this.#made,
      credentials,
      profile: undefined,
      endpoint: undefined,
      onCall: undefined,
      requestHandler: { ...place.door, handle: (request: Request) => this.#place.door.handle(request) },
    }
    this.clouds = awsClouds(connection, { named: undefined, usual: undefined })
  }

  begin(place: Place): void {
    this.#place = place
    this.#made.clear()
  }
}

type Request = Parameters<Place['door']['handle']>[0]
