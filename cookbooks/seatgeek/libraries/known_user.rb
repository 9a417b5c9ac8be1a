require 'etc'

module SeatGeek
  # Whether the machine has a user. The gem of Chef comes without ruby-shadow, and its `user` fails on one that exists.
  module KnownUser
    def known_user?(name)
      Etc.getpwnam(name).name == name
    rescue ArgumentError
      false
    end
  end
end

Chef::DSL::Universal.include(SeatGeek::KnownUser)
