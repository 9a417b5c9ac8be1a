# What runs here is to be announced to a central system, which there is not yet.
log 'seatgeek::notify-services notifies nobody yet: there is no central system'
