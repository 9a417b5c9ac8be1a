# Installed on every node; a group or __base__ adds to it what the whole fleet needs, such as fail2ban.
default['seatgeek']['packages'] = %w(ca-certificates git logrotate rsync)

# Who may log in: a name, and the public keys. An empty list takes the keys away.
default['seatgeek']['people'] = {}

# The user that services and codebases belong to.
default['seatgeek']['user'] = 'seatgeek'

# Where s3_file finds an object that is named by its key alone; nil where names start with the bucket.
default['seatgeek']['s3_bucket'] = nil

# The frontend, and the port of the api on the servers that node['seatgeek-services'] names.
default['seatgeek']['customer-web']['port'] = 80
default['seatgeek']['customer-web']['api_port'] = 8000
