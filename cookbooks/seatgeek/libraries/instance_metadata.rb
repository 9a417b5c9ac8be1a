require 'json'
require 'net/http'
require 'uri'

module SeatGeek
  # What the instance knows of itself, by IMDSv2: the credentials of its role, and its region.
  class InstanceMetadata
    def initialize(environment = ENV)
      @base = environment['AWS_EC2_METADATA_SERVICE_ENDPOINT'] || 'http://169.254.169.254'
    end

    def credentials
      roles = 'iam/security-credentials/'
      found = JSON.parse(get(roles + get(roles).lines.first.to_s.strip))
      { id: found.fetch('AccessKeyId'), secret: found.fetch('SecretAccessKey'), token: found['Token'] }
    rescue KeyError, JSON::ParserError
      raise 'the instance has no credentials: its group needs an iam_instance_profile that may read the object'
    end

    def region
      get('placement/region')
    end

    private

    def get(path)
      answer = request(Net::HTTP::Get, "/latest/meta-data/#{path}", 'X-aws-ec2-metadata-token' => token)
      raise "the instance's metadata has no #{path} (#{answer.code})" unless answer.is_a?(Net::HTTPOK)

      answer.body
    end

    def token
      @token ||= request(Net::HTTP::Put, '/latest/api/token', 'X-aws-ec2-metadata-token-ttl-seconds' => '300').body
    end

    # Without a proxy, whatever the environment says: the address means this machine.
    def request(kind, path, headers)
      uri = URI(@base)
      http = Net::HTTP.new(uri.host, uri.port, nil)
      http.open_timeout = 2
      http.read_timeout = 5
      http.start { http.request(kind.new(path, headers)) }
    rescue SystemCallError, Timeout::Error => e
      raise "no metadata service at #{@base} (#{e.class}), and no credentials or region in the environment"
    end
  end
end
