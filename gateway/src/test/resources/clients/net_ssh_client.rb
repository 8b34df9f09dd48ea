# What Capistrano, Vagrant and Metasploit do with net-ssh:
#   ruby net_ssh_client.rb HOST PORT LOGIN IDENTITY KNOWN_HOSTS ACTION [ARGUMENT]
require 'net/ssh'
require 'socket'

host, port, login, identity, known_hosts, action, argument = ARGV

Net::SSH.start(host, login, port: port.to_i, keys: [identity], keys_only: true, config: false,
               non_interactive: true, user_known_hosts_file: known_hosts,
               verify_host_key: :always) do |ssh|
  case action
  when 'exec'
    status = nil
    ssh.open_channel do |channel|
      channel.exec(argument) do |_, started|
        abort 'exec is refused' unless started
        channel.on_data { |_, data| $stdout.write(data) }
        channel.on_extended_data { |_, _, data| $stderr.write(data) }
        channel.on_request('exit-status') { |_, data| status = data.read_long }
      end
    end
    ssh.loop
    exit status
  when 'cat'
    $stdin.binmode
    $stdout.binmode
    bytes = $stdin.read
    ssh.open_channel do |channel|
      channel.exec('cat') do |_, started|
        abort 'exec is refused' unless started
        channel.on_data { |_, data| $stdout.write(data) }
        channel.send_data(bytes)
        channel.eof!
      end
    end
    ssh.loop
  when 'forward'
    local = ssh.forward.local('127.0.0.1', 0, '127.0.0.1', argument.to_i)
    answer = nil
    asking = Thread.new do
      socket = TCPSocket.new('127.0.0.1', local)
      socket.write('12345')
      answer = socket.read(5)
    end
    ssh.loop(0.05) { asking.alive? }
    puts answer
  when 'kex'
    puts ssh.transport.algorithms.kex
  end
end
