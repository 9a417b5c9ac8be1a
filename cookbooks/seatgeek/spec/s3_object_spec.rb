require 'tempfile'
require_relative 'scripted_server'
require_relative '../libraries/instance_metadata'
require_relative '../libraries/s3_object'
require_relative '../libraries/s3_signature'

describe SeatGeek::S3Object do
  let(:modified) { Time.utc(2026, 1, 2, 3, 4, 5) }
  let(:whole) { ScriptedServer.answer('200 OK', 'geoip', 'Last-Modified' => modified.httpdate) }
  let(:waits) { [] }

  after { @server&.close }

  def read(*answers, environment: {})
    @server = ScriptedServer.new(*answers)
    own = { 'AWS_ENDPOINT_URL' => @server.url, 'AWS_REGION' => 'us-east-1', 'AWS_ACCESS_KEY_ID' => 'AKID',
            'AWS_SECRET_ACCESS_KEY' => 'hunter2' }
    object = described_class.new('shared', 'a b/geoip.db', environment: own.merge(environment),
                                                           pause: ->(seconds) { waits << seconds })
    Tempfile.create('s3') { |file| [object.read_into(file), File.read(file.path)] }
  end

  it 'reads it from the server that AWS_ENDPOINT_URL names, signed' do
    expect(read(whole)).to eq([{ size: 5, modified: modified }, 'geoip'])
    expect(@server.asked.first).to start_with('GET /shared/a%20b/geoip.db HTTP/1.1')
    expect(@server.asked.first).to match(%r{Credential=AKID/\d{8}/us-east-1/s3/aws4_request})
  end

  it 'asks again where the server fails or the answer is cut off, and leaves nothing of it' do
    cut = ScriptedServer.answer('200 OK', 'geo', 'Content-Length' => 5, 'Last-Modified' => modified.httpdate)
    expect(read(ScriptedServer.answer('503 Slow Down'), cut, whole).last).to eq('geoip')
    expect(waits).to eq([2, 4])
  end

  it 'goes to the region that the bucket is in' do
    elsewhere = ScriptedServer.answer('301 Moved', '', 'x-amz-bucket-region' => 'eu-central-1')
    expect(read(elsewhere, whole).last).to eq('geoip')
    expect(@server.asked.last).to include('/eu-central-1/s3/')
  end

  it 'says what S3 refused, and shows no secret' do
    denied = ScriptedServer.answer('403 Forbidden', '<Error><Code>AccessDenied</Code></Error>')
    expect { read(denied) }.to raise_error(described_class::Failed) { |error|
      expect(error.message).to eq('s3://shared/a b/geoip.db: S3 answered 403 AccessDenied')
    }
  end

  it 'takes the credentials and the region of the instance' do
    role = '{"AccessKeyId":"ASIA","SecretAccessKey":"hunter2","Token":"session"}'
    texts = ['token', 'eu-west-1', "bee\n", role].map { |text| ScriptedServer.answer('200 OK', text) }
    metadata = ScriptedServer.new(*texts.values_at(0, 1), *texts.values_at(2, 3))
    own = { 'AWS_EC2_METADATA_SERVICE_ENDPOINT' => metadata.url }
    found = SeatGeek::InstanceMetadata.new(own)
    expect([found.region, found.credentials]).to eq(['eu-west-1', { id: 'ASIA', secret: 'hunter2', token: 'session' }])
    expect(metadata.asked.last).to match(/x-aws-ec2-metadata-token: token/i)
    metadata.close
  end
end
