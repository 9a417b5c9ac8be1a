# Other nodes: to be told what runs here. There is no central system yet.
log 'seatgeek::notify-services notifies nobody yet: there is no central system'
