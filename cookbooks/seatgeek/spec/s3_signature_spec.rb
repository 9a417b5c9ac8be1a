require_relative '../libraries/s3_signature'

describe SeatGeek::S3Signature do
  # The example of AWS's documentation, "Signature Calculations for the Authorization Header", GET Object.
  it 'signs as AWS says' do
    credentials = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }
    signature = described_class.new(credentials: credentials, region: 'us-east-1', time: Time.utc(2013, 5, 24))
    headers = signature.headers('GET', 'examplebucket.s3.amazonaws.com', '/test.txt', 'Range' => 'bytes=0-9')
    expect(headers['authorization'])
      .to end_with('Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41')
  end
end
