module SeatGeek
  # Circus, the process manager: where its files are, and how it is spoken to.
  module Circus
    HOME = '/opt/circus'.freeze
    WATCHERS = '/etc/circus/conf.d'.freeze

    # Who may reach it can run programs as root, so it listens in a folder of root's and not, as is its custom, on a
    # port.
    RUN = '/run/circus'.freeze

    def self.file_of(service)
      "#{WATCHERS}/#{service}.ini"
    end

    def self.control(words)
      "#{HOME}/bin/circusctl --timeout 60 --endpoint ipc://#{RUN}/endpoint #{words}"
    end
  end
end
