provides :seatgeek_circus
unified_mode true

description 'A service that circus runs: a watcher for each item of its data bag, in the codebase that the item names.'

property :service, String, name_property: true, description: 'the data bag, and the name of the watchers'
property :user, String, default: lazy { node['seatgeek']['user'] }, description: 'who the processes run as'

action :create do
  items = data_bag(new_resource.service).sort.map { |id| data_bag_item(new_resource.service, id) }
  raise "the data bag #{new_resource.service} is empty" if items.empty?

  codebases = items.filter_map { |item| item['codebase'] }.uniq.to_h { |name| [name, checked_out(name)] }
  watchers = items.map { |item| SeatGeek::Watcher.new(new_resource.service, item, codebases[item['codebase']]) }

  reload_circus
  template SeatGeek::Circus.file_of(new_resource.service) do
    source 'watchers.ini.erb'
    cookbook 'seatgeek-service'
    # Environments may hold secrets, and Chef keeps old versions of a file.
    mode '0600'
    sensitive true
    backup false
    variables service: new_resource.service, user: new_resource.user, watchers: watchers
    notifies :run, 'execute[reload circus]', :immediately
  end
end

# Works from what is on the machine: the data bag of a service that has left a group is no longer there.
action :delete do
  own = folders_in(SeatGeek::Circus.file_of(new_resource.service))

  reload_circus
  file SeatGeek::Circus.file_of(new_resource.service) do
    backup false
    action :delete
    notifies :run, 'execute[reload circus]', :immediately
  end

  unused(own).each do |path|
    directory path do
      recursive true
      action :delete
    end
  end
end

action_class do
  # The codebase's folder, and the revision that is there: part of the watcher, so that a new one restarts it, whichever
  # of the services in one codebase is the first to check it out.
  def checked_out(name)
    seatgeek_codebase name
    path = data_bag_item('codebases', name)['path']
    return { path: path } unless ::File.directory?("#{path}/.git")

    { path: path, revision: shell_out!('git rev-parse HEAD', cwd: path, user: node['seatgeek']['user']).stdout.chomp }
  end

  # Starts new watchers, restarts changed ones, stops those that are gone.
  def reload_circus
    execute 'reload circus' do
      command SeatGeek::Circus.control('reloadconfig')
      only_if { instance_stage? && ::File.exist?("#{SeatGeek::Circus::HOME}/bin/circusctl") }
      action :nothing
    end
  end

  def folders_in(*files)
    files.select { |file| ::File.exist?(file) }
         .flat_map { |file| ::File.read(file).scan(/^working_dir = (.+)$/).flatten }.uniq
  end

  # Services share codebases; one that another still runs in stays.
  def unused(folders)
    others = ::Dir["#{SeatGeek::Circus::WATCHERS}/*.ini"] - [SeatGeek::Circus.file_of(new_resource.service)]
    (folders - folders_in(*others)).select { |path| ::File.directory?("#{path}/.git") }
  end
end
