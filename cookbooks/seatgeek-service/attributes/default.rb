# The process manager. Its Python dependencies are the system's packages, so that they get the system's updates.
default['circus']['version'] = '0.19.0'

# Where api-workers finds the geographic database, and where it lies.
default['seatgeek']['geoip']['s3_file'] = 'shared/seatgeek/geoip.db'
default['seatgeek']['geoip']['path'] = '/data/shared/geoip.db'

# The temporary storage of process-users: a folder, and where there is one the device that is mounted there.
default['seatgeek']['temporary_storage']['path'] = '/data/tmp'
default['seatgeek']['temporary_storage']['device'] = nil
default['seatgeek']['temporary_storage']['filesystem'] = 'ext4'
default['seatgeek']['temporary_storage']['options'] = 'defaults,nofail'
