require 'socket'

# A server that gives one scripted answer after the other, and keeps what it was asked.
class ScriptedServer
  attr_reader :asked

  def self.answer(status, body = '', headers = {})
    lines = { 'Content-Length' => body.bytesize, 'Connection' => 'close' }.merge(headers)
    "HTTP/1.1 #{status}\r\n#{lines.map { |name, value| "#{name}: #{value}\r\n" }.join}\r\n#{body}"
  end

  def initialize(*answers)
    @server = TCPServer.new('127.0.0.1', 0)
    @asked = []
    @thread = Thread.new { answers.each { |answer| serve(answer) } }
  end

  def url
    "http://127.0.0.1:#{@server.addr[1]}"
  end

  def close
    @thread.kill
    @server.close
  end

  private

  def serve(answer)
    client = @server.accept
    @asked << client.readpartial(65_536)
    client.write(answer)
    client.close
  end
end
