# Where the services of other nodes are is to be asked of a central system, which there is not yet.
log 'seatgeek::collect-services finds no services yet: there is no central system'
