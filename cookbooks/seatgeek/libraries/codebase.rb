module SeatGeek
  # An item of the data bag `codebases`: what is checked out, and where.
  class Codebase
    attr_reader :name, :repository, :revision, :path, :setup, :deploy_key

    def initialize(item)
      @name, @repository, @revision, @path = item.to_h.values_at('id', 'repository', 'revision', 'path')
      @setup, @deploy_key = item.to_h.values_at('setup', 'deploy_key')
      %i(repository revision path).each { |field| raise "codebases/#{name}: #{field} is missing" unless send(field) }
      # The address is shown in Chef's log.
      raise "codebases/#{name}: repository holds a password; give a deploy_key" if repository.match?(%r{//[^/@]*:[^/@]*@})
      raise "codebases/#{name}: path is no folder of its own: #{path}" unless path.match?(%r{\A/[^/]+(/[\w.-]+)+\z})
    end

    def deploy_key_path
      "/etc/seatgeek/deploy-keys/#{name}"
    end

    def git_environment
      return {} unless deploy_key

      { 'GIT_SSH_COMMAND' => "ssh -i #{deploy_key_path} -o IdentitiesOnly=yes -o StrictHostKeyChecking=accept-new" }
    end
  end
end
