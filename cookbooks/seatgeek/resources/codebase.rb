provides :seatgeek_codebase
unified_mode true

description 'A checkout of a codebase, as the data bag codebases describes it.'

property :codebase, String, name_property: true, description: 'an item of the data bag codebases'
property :user, String, default: lazy { node['seatgeek']['user'] }, description: 'whose the checkout is'

action :create do
  codebase = SeatGeek::Codebase.new(data_bag_item('codebases', new_resource.codebase))

  package 'git'

  user new_resource.user do
    system true
    manage_home true
    home "/var/lib/#{new_resource.user}"
    shell '/usr/sbin/nologin'
    not_if { known_user?(new_resource.user) }
  end

  directory ::File.dirname(codebase.path) do
    recursive true
  end

  directory codebase.path do
    owner new_resource.user
    group new_resource.user
  end

  if codebase.deploy_key
    directory ::File.dirname(codebase.deploy_key_path) do
      recursive true
    end

    file codebase.deploy_key_path do
      content "#{codebase.deploy_key.chomp}\n"
      owner new_resource.user
      mode '0600'
      sensitive true
      backup false
    end
  end

  git codebase.path do
    repository codebase.repository
    revision codebase.revision
    environment codebase.git_environment
    user new_resource.user
    group new_resource.user
    # A why-run on a new machine has neither git nor the user yet, and asks no server.
    not_if { whyrun_mode? }
  end

  set_up(codebase) if codebase.setup
end

action :delete do
  codebase = SeatGeek::Codebase.new(data_bag_item('codebases', new_resource.codebase))

  directory codebase.path do
    recursive true
    action :delete
  end

  file codebase.deploy_key_path do
    backup false
    action :delete
  end
end

action_class do
  # Once per revision. The mark is set last, so that a set-up that failed is repeated.
  def set_up(codebase)
    mark = '.git/seatgeek-set-up'
    execute "set up #{codebase.name}" do
      command "#{codebase.setup} && git rev-parse HEAD > #{mark}"
      cwd codebase.path
      user new_resource.user
      group new_resource.user
      environment 'HOME' => "/var/lib/#{new_resource.user}"
      # Its output may be anything.
      sensitive true
      not_if "test \"$(cat #{mark})\" = \"$(git rev-parse HEAD)\"", cwd: codebase.path, user: new_resource.user
    end
  end
end
