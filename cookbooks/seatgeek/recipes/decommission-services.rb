# A service that left the run list is to be announced as gone to a central system, which there is not yet, and then
# deleted by its delete- recipe.
log 'seatgeek::decommission-services decommissions nothing yet: there is no central system'
