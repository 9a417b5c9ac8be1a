# Where the services of other nodes are: to be asked of the central system. There is no central system yet.
log 'seatgeek::collect-services finds no services yet: there is no central system'
