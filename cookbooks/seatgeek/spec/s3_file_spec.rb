require 'tmpdir'
require_relative 'scripted_server'

describe 's3_file' do
  let(:modified) { Time.utc(2026, 1, 2, 3, 4, 5) }
  let(:whole) { ScriptedServer.answer('200 OK', 'geoip', 'Last-Modified' => modified.httpdate) }
  let(:head) { ScriptedServer.answer('200 OK', '', 'Content-Length' => 5, 'Last-Modified' => modified.httpdate) }

  around do |example|
    before = ENV.to_h
    Dir.mktmpdir { |folder| (@path = "#{folder}/geoip.db") && example.run }
    ENV.replace(before)
    @server&.close
  end

  # The recipe of api-workers, with S3 answering what is given.
  def run(stage, *answers)
    @server = ScriptedServer.new(*answers)
    ENV.update('AWS_ENDPOINT_URL' => @server.url, 'AWS_REGION' => 'us-east-1', 'AWS_ACCESS_KEY_ID' => 'AKID',
               'AWS_SECRET_ACCESS_KEY' => 'hunter2')
    stub_watchers('api-workers', 'id' => 'api', 'command' => 'run')
    stub_command(/circusd --version/).and_return(true)
    geoip = { 'seatgeek' => { 'geoip' => { 'path' => @path } } }
    converge('seatgeek-service::api-workers', stage, 'ubuntu', geoip, %w(s3_file))
  end

  it 'fetches the object on an instance, and gives the copy its rights and time' do
    expect(run('instance', whole)).to create_file(@path).with(mode: '0644', owner: 'root')
    expect(File.read(@path)).to eq('geoip')
    expect(File.stat(@path)).to have_attributes(mtime: modified, mode: 0100644)
    expect(Dir.children(File.dirname(@path))).to eq(['geoip.db'])
  end

  it 'leaves a copy that is still that of the object' do
    File.write(@path, 'GEOIP')
    File.utime(modified, modified, @path)
    run('instance', head)
    expect(@server.asked.map { |request| request[/\A\w+/] }).to eq(['HEAD'])
    expect(File.read(@path)).to eq('GEOIP')
  end

  it 'replaces a copy that is older' do
    File.write(@path, 'GEOIP')
    run('instance', head, whole)
    expect(File.read(@path)).to eq('geoip')
  end

  it 'leaves the old copy where S3 refuses the new one' do
    File.write(@path, 'older')
    refused = ScriptedServer.answer('403 Forbidden')
    expect { run('instance', refused, refused) }.to raise_error(/S3 answered 403/)
    expect(Dir.children(File.dirname(@path))).to eq(['geoip.db'])
    expect(File.read(@path)).to eq('older')
  end

  it 'asks nobody for an image' do
    expect(run('image')).to write_log(/is fetched from S3 when an instance converges/)
    expect(@server.asked).to eq([])
    expect(File.exist?(@path)).to be(false)
  end
end
