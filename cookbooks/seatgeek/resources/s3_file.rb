provides :s3_file
unified_mode true

description 'A file that is a copy of an object in S3, fetched with the credentials of the instance.'

property :object, String, name_property: true, description: 'bucket/key; the key alone where there is a bucket'
property :bucket, [String, nil], default: lazy { node['seatgeek']['s3_bucket'] }
property :region, [String, nil], description: "the bucket's; that of the environment or instance otherwise"
property :path, String, required: true, description: 'where the copy lies'
property :owner, String, default: 'root'
property :group, String, default: 'root'
property :mode, String, default: '0644'

action :create do
  directory ::File.dirname(new_resource.path) do
    recursive true
  end

  # An image is built without the role of the instances, and would hold a copy that ages.
  if !instance_stage?
    log "#{new_resource.path} is fetched from S3 when an instance converges"
  elsif !current?
    converge_by("fetch s3://#{location.join('/')} to #{new_resource.path}") { fetch }
  end

  file new_resource.path do
    owner new_resource.owner
    group new_resource.group
    mode new_resource.mode
    only_if { ::File.exist?(new_resource.path) }
  end
end

action :delete do
  file new_resource.path do
    action :delete
  end
end

action_class do
  def location
    return [new_resource.bucket, new_resource.object] if new_resource.bucket

    new_resource.object.split('/', 2)
  end

  def object
    @object ||= SeatGeek::S3Object.new(*location, region: new_resource.region)
  end

  # A copy has the size of its object and, by fetch, the time of its last change. A why-run asks nobody.
  def current?
    return false if whyrun_mode? || !::File.exist?(new_resource.path)

    copy = ::File.stat(new_resource.path)
    object.version == { size: copy.size, modified: copy.mtime }
  end

  # The old copy stays until the new one is whole.
  def fetch
    whole = "#{new_resource.path}.s3_file"
    version = ::File.open(whole, 'wb', 0600) { |file| object.read_into(file) }
    ::File.chmod(new_resource.mode.to_i(8), whole)
    ::File.utime(version[:modified], version[:modified], whole)
    ::File.rename(whole, new_resource.path)
  ensure
    ::File.delete(whole) if ::File.exist?(whole)
  end
end
