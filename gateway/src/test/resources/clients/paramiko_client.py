"""paramiko as people's scripts use it: paramiko_client.py HOST PORT USER KEY KNOWN_HOSTS ACTION ..."""

import socket
import sys
import threading

import paramiko

host, port, user, key, known_hosts, action, *arguments = sys.argv[1:]
client = paramiko.SSHClient()
client.load_host_keys(known_hosts)
client.set_missing_host_key_policy(paramiko.RejectPolicy())
client.connect(
    host, int(port), user, key_filename=key, look_for_keys=False, allow_agent=False, timeout=20
)
transport = client.get_transport()


def read_all(channel):
    chunks = iter(lambda: channel.recv(65536), b"")
    return b"".join(chunks)


def run(command):
    """Closes its stdin only after the input, as most scripts never do at all."""
    stdin, stdout, stderr = client.exec_command(command, timeout=30)
    if not sys.stdin.isatty():
        feeder = threading.Thread(target=feed, args=(stdin,))
        feeder.start()
        feeder.join(0)
    errors = []
    reader = threading.Thread(target=lambda: errors.append(stderr.read()))
    reader.start()
    sys.stdout.buffer.write(stdout.read())
    reader.join()
    sys.stderr.buffer.write(errors[0])
    return stdout.channel.recv_exit_status()


def feed(stdin):
    stdin.write(sys.stdin.buffer.read())
    stdin.channel.shutdown_write()


def run_without_closing_stdin(command):
    _, stdout, _ = client.exec_command(command, timeout=30)
    status = stdout.channel.recv_exit_status()
    sys.stdout.buffer.write(stdout.read())
    return status


def sftp(local, remote):
    with client.open_sftp() as files:
        files.mkdir(remote + "/d")
        files.put(local, remote + "/d/a")
        files.rename(remote + "/d/a", remote + "/d/b")
        files.chmod(remote + "/d/b", 0o640)
        files.symlink("b", remote + "/d/link")
        print(oct(files.stat(remote + "/d/b").st_mode), sorted(files.listdir(remote + "/d")))
        files.get(remote + "/d/link", local + ".back")
        with files.open(remote + "/d/b", "ab") as appending:
            appending.write(b"more")
        print(files.stat(remote + "/d/b").st_size)
        files.remove(remote + "/d/link")
        files.remove(remote + "/d/b")
        files.rmdir(remote + "/d")
    return 0


def sftp_truncate(path):
    with client.open_sftp() as files:
        with files.open(path, "w") as file:
            file.write("12345")
        files.truncate(path, 100000)
        print(files.stat(path).st_size)
        with files.open(path, "r+") as file:
            file.truncate(200000)
            print(file.stat().st_size)
            file.truncate(3)
        print(files.stat(path).st_size)
    return 0


def sftp_hardlink(existing, new):
    """paramiko has no method for it."""
    with client.open_sftp() as files:
        files._request(paramiko.sftp.CMD_EXTENDED, "hardlink@openssh.com", existing, new)
    return 0


def tunnel(to_port, text):
    channel = transport.open_channel("direct-tcpip", ("127.0.0.1", int(to_port)), ("127.0.0.1", 1))
    channel.sendall(text.encode())
    channel.shutdown_write()
    sys.stdout.buffer.write(read_all(channel))
    return 0


def refused(to_port):
    try:
        transport.open_channel("direct-tcpip", ("127.0.0.1", int(to_port)), ("127.0.0.1", 1))
    except paramiko.ChannelException as e:
        print(e.code)
    return run("exit 0")


def reverse():
    listening = transport.request_port_forward("127.0.0.1", 0)
    with socket.create_connection(("127.0.0.1", listening)) as near:
        far = transport.accept(20)
        near.sendall(b"ping")
        near.shutdown(socket.SHUT_WR)
        far.sendall(read_all(far) + b" pong")
        far.close()
        print(near.makefile().read())
    transport.cancel_port_forward("127.0.0.1", listening)
    return 0


def shell():
    """Types without waiting for a prompt, and gives up on a shell that does not end."""
    channel = client.invoke_shell("xterm", 80, 24)
    channel.settimeout(20)
    channel.send(b"PS1='rea''dy> '\n")
    seen = b""
    while b"ready> " not in seen:
        seen += channel.recv(65536)
    channel.resize_pty(100, 40)
    channel.send(b"stty size; exit 5\n")
    sys.stdout.buffer.write(read_all(channel))
    return channel.recv_exit_status()


def pty_only():
    """Asks for terminals and never uses them."""
    for _ in range(3):
        channel = transport.open_session()
        channel.get_pty()
        channel.close()
    return run("exit 0")


actions = {
    "exec": run,
    "exec-open": run_without_closing_stdin,
    "sftp": sftp,
    "sftp-truncate": sftp_truncate,
    "sftp-hardlink": sftp_hardlink,
    "tunnel": tunnel,
    "refused": refused,
    "reverse": reverse,
    "shell": shell,
    "pty-only": pty_only,
}
status = actions[action](*arguments)
sys.stdout.flush()
client.close()
sys.exit(status)
