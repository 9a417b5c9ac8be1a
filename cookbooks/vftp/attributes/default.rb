default['ftp']['port'] = 21
default['ftp']['passive_ports']['first'] = 30_000
default['ftp']['passive_ports']['last'] = 30_099

# A user's folder in it is all that the user sees.
default['ftp']['directory'] = '/srv/ftp/uploads'

# The user who sees the folders of all others, to fetch what they uploaded.
default['ftp']['reader'] = 'ftp-processor'

# What clients outside connect to for data; the public address of an instance that has one.
default['ftp']['passive_address'] = nil

# The data bag and item whose `users` may log in: a name, and a password hash as `openssl passwd -6` gives it.
default['ftp']['users_item'] = %w(ftp-listener ftp-listener)
