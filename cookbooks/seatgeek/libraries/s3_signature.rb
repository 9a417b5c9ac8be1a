require 'openssl'

module SeatGeek
  # AWS Signature Version 4 of one request to S3 without a body: AWS4-HMAC-SHA256 over method, path and headers.
  class S3Signature
    EMPTY_BODY = OpenSSL::Digest::SHA256.hexdigest('').freeze

    def initialize(credentials:, region:, time: Time.now)
      @credentials = credentials
      @region = region
      @time = time.utc.strftime('%Y%m%dT%H%M%SZ')
    end

    # The headers to send: those given, and the signature's own.
    def headers(method, host, path, given = {})
      signed = given.transform_keys(&:downcase).merge(own_headers(host)).sort.to_h
      names = signed.keys.join(';')
      canonical = [method, path, '', *signed.map { |name, value| "#{name}:#{value}" }, '', names, EMPTY_BODY].join("\n")
      signed.merge('authorization' => "AWS4-HMAC-SHA256 Credential=#{@credentials[:id]}/#{scope}," \
                                      "SignedHeaders=#{names},Signature=#{sign(canonical)}")
    end

    private

    def own_headers(host)
      own = { 'host' => host, 'x-amz-date' => @time, 'x-amz-content-sha256' => EMPTY_BODY }
      own['x-amz-security-token'] = @credentials[:token] if @credentials[:token]
      own
    end

    def scope
      "#{@time[0, 8]}/#{@region}/s3/aws4_request"
    end

    def sign(canonical)
      text = ['AWS4-HMAC-SHA256', @time, scope, OpenSSL::Digest::SHA256.hexdigest(canonical)].join("\n")
      key = scope.split('/').reduce("AWS4#{@credentials[:secret]}") { |acc, elem| hmac(acc, elem) }
      hmac(key, text).unpack1('H*')
    end

    def hmac(key, text)
      OpenSSL::HMAC.digest('SHA256', key, text)
    end
  end
end
