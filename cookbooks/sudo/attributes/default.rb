# Whose members may act as root: the group that each system's images put their first user in.
default['sudo']['groups'] = platform_family?('debian') ? %w(sudo) : %w(wheel)
default['sudo']['users'] = []

# People log in by key and have no password that sudo could ask for.
default['sudo']['passwordless'] = true
