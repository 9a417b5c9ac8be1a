# Services that left the run list: to be announced as gone, then deleted by their delete- recipes. There is no central system yet.
log 'seatgeek::decommission-services decommissions nothing yet: there is no central system'
