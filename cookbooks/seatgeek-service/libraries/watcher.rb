module SeatGeek
  # A watcher of circus: an item of the service's data bag, and the codebase that it runs in: its path and revision.
  class Watcher
    PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'.freeze

    # What circus would read as a comment or replace by something else.
    REFUSED = /[\r\n]|\s;|\(\(circus|\$\(circus/i.freeze

    attr_reader :name, :command, :processes, :environment

    def initialize(service, item, codebase)
      @name = item['id'] == service ? service : "#{service}-#{item['id']}"
      @codebase = codebase || {}
      @command = item['command'] || raise("#{service}/#{item['id']}: command is missing")
      @processes = Integer(item.fetch('processes', 1))
      @environment = { 'PATH' => path, 'CODEBASE_REVISION' => @codebase[:revision] }
                     .compact.merge(item['env'] || {}).transform_values(&:to_s)
      refuse_unreadable("#{service}/#{item['id']}")
    end

    def folder
      @codebase.fetch(:path, '/')
    end

    private

    # A codebase brings its own programs, in bin or in a virtual environment of its own.
    def path
      [*("#{folder}/.venv/bin:#{folder}/bin" if @codebase[:path]), PATH].join(':')
    end

    # The value may be a secret, so the message does not show it.
    def refuse_unreadable(item)
      { 'command' => command, **environment }.each do |field, value|
        raise "#{item}: circus cannot be given this #{field}" if value.match?(REFUSED) || !field.match?(/\A\w+\z/)
      end
    end
  end
end
