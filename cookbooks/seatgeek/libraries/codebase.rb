module SeatGeek
  # An item of the data bag `codebases`: what is checked out, and where.
  class Codebase
    # At least two levels deep, as whatever is there belongs to the codebase, and goes with it.
    FOLDER = %r{\A(/\w[\w.-]*){2,}\z}.freeze

    attr_reader :name, :repository, :revision, :path, :setup, :deploy_key

    def initialize(item)
      @name, @repository, @revision, @path = item.to_h.values_at('id', 'repository', 'revision', 'path')
      @setup, @deploy_key = item.to_h.values_at('setup', 'deploy_key')
      %i(repository revision path).each { |field| raise "codebases/#{name}: #{field} is missing" unless send(field) }
      refuse_password
      raise "codebases/#{name}: path is no folder of its own: #{path}" unless path.match?(FOLDER)
    end

    def deploy_key_path
      "/etc/seatgeek/deploy-keys/#{name}"
    end

    def git_environment
      return {} unless deploy_key

      { 'GIT_SSH_COMMAND' => "ssh -i #{deploy_key_path} -o IdentitiesOnly=yes -o StrictHostKeyChecking=accept-new" }
    end

    private

    # The address is shown in Chef's log.
    def refuse_password
      return unless repository.match?(%r{//[^/@]*:[^/@]*@})

      raise "codebases/#{name}: repository holds a password; give a deploy_key"
    end
  end
end
