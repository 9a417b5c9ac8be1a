require 'erb'
require 'net/http'
require 'time'
require 'uri'

module SeatGeek
  # An object in S3, read with the standard library alone: images of Debian and Ubuntu have neither the aws cli nor, in
  # the Ruby of Chef, the aws-sdk gem, and a recipe that installs a gem first would need it at compile time.
  class S3Object
    ATTEMPTS = 4
    PASSING = [Net::HTTPServerError, Net::HTTPTooManyRequests].freeze
    UNREACHABLE = [SystemCallError, SocketError, Timeout::Error, EOFError, OpenSSL::SSL::SSLError].freeze

    class Failed < StandardError; end

    # Worth another attempt: the next one may meet a better moment.
    class Passing < StandardError; end

    def initialize(bucket, key, region: nil, environment: ENV, pause: ->(seconds) { sleep(seconds) })
      @bucket = bucket
      @key = key
      @environment = environment
      @metadata = InstanceMetadata.new(environment)
      @region = region || environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION']
      @pause = pause
    end

    # Size and time of the last change: what a copy of the object is compared with.
    def version
      request('HEAD') { |answer| version_of(answer) }
    end

    # Writes the object to an open file and gives its version.
    def read_into(file)
      request('GET') do |answer|
        file.truncate(0)
        file.rewind
        answer.read_body { |part| file.write(part) }
        file.flush
        # Net::HTTP takes a connection that ends early for the end of the body.
        version_of(answer).tap { |version| raise Passing, 'the answer was cut off' if version[:size] != file.size }
      end
    end

    private

    def version_of(answer)
      { size: Integer(answer['content-length']), modified: Time.httpdate(answer['last-modified']) }
    end

    def request(method, &block)
      attempt ||= 1
      once(method, &block)
    rescue Passing, *UNREACHABLE => e
      raise Failed, "s3://#{@bucket}/#{@key}: #{e.message} (#{attempt} attempts)" if attempt == ATTEMPTS

      @pause.call(2**attempt)
      attempt += 1
      retry
    end

    def once(method, &block)
      uri = address
      http = Net::HTTP.new(uri.host, uri.port)
      http.use_ssl = uri.scheme == 'https'
      http.open_timeout = 5
      http.read_timeout = 60
      http.start { http.request(signed(method, uri)) { |answer| return judge(answer, &block) } }
    end

    def judge(answer)
      case answer
      when Net::HTTPOK then yield answer
      when *PASSING then raise Passing, "S3 answered #{answer.code}"
      else
        elsewhere = answer['x-amz-bucket-region']
        raise Failed, refusal(answer) if elsewhere.nil? || elsewhere == @region

        @region = elsewhere
        raise Passing, "the bucket is in #{elsewhere}"
      end
    end

    def refusal(answer)
      code = answer.body.to_s[%r{<Code>(\w+)</Code>}, 1]
      "s3://#{@bucket}/#{@key}: S3 answered #{[answer.code, code].compact.join(' ')}"
    end

    def signed(method, uri)
      host = uri.port == uri.default_port ? uri.host : "#{uri.host}:#{uri.port}"
      # The size of a compressed answer would not be that of the object.
      headers = S3Signature.new(credentials: credentials, region: region)
                           .headers(method, host, uri.path, 'accept-encoding' => 'identity')
      (method == 'HEAD' ? Net::HTTP::Head : Net::HTTP::Get).new(uri.path, headers)
    end

    # AWS_ENDPOINT_URL names a server that need not know its buckets by host name, and so does a certificate for `*`
    # fail a bucket with a dot in its name.
    def address
      path = @key.split('/', -1).map { |part| ERB::Util.url_encode(part) }.join('/')
      own = @environment['AWS_ENDPOINT_URL_S3'] || @environment['AWS_ENDPOINT_URL']
      return URI("#{own.chomp('/')}/#{@bucket}/#{path}") if own

      server = "s3.#{region}.amazonaws.com#{'.cn' if region.start_with?('cn-')}"
      URI(@bucket.include?('.') ? "https://#{server}/#{@bucket}/#{path}" : "https://#{@bucket}.#{server}/#{path}")
    end

    def region
      @region ||= @metadata.region
    end

    def credentials
      return @metadata.credentials unless @environment['AWS_ACCESS_KEY_ID']

      { id: @environment['AWS_ACCESS_KEY_ID'], secret: @environment['AWS_SECRET_ACCESS_KEY'],
        token: @environment['AWS_SESSION_TOKEN'] }
    end
  end
end
