"""asyncssh: asyncssh_client.py HOST PORT USER KEY KNOWN_HOSTS ACTION ..."""

import asyncio
import sys

import asyncssh

host, port, user, key, known_hosts, action, *arguments = sys.argv[1:]


async def run(connection, command):
    done = await connection.run(command, input=sys.stdin.buffer.read(), encoding=None)
    sys.stdout.buffer.write(done.stdout)
    sys.stderr.buffer.write(done.stderr)
    return done.exit_status


async def signal(connection, command):
    done = await connection.run(command)
    print(done.exit_signal[0])
    return 0


async def interrupt(connection):
    """An explicit signal request, which OpenSSH's client never sends."""
    async with connection.create_process("trap 'echo hit; exit 3' TERM; echo up; sleep 30 & wait") as process:
        await process.stdout.readline()
        process.send_signal("TERM")
        done = await process.wait()
        print(done.stdout.strip(), done.exit_status)
    return 0


async def shell(connection):
    async with connection.create_process(term_type="xterm", term_size=(80, 24)) as process:
        process.stdin.write("PS1='rea''dy> '\n")
        await process.stdout.readuntil("ready> ")
        process.change_terminal_size(100, 40)
        process.stdin.write("stty size; exit 5\n")
        print(await process.stdout.read())
        return (await process.wait()).exit_status


async def sftp(connection, local, remote):
    async with connection.start_sftp_client() as files:
        await files.put(local, remote + "/a")
        await files.rename(remote + "/a", remote + "/b")
        await files.chmod(remote + "/b", 0o640)
        print(oct((await files.stat(remote + "/b")).permissions))
        await files.get(remote + "/b", local + ".back")
    return 0


async def tunnel(connection, to_port, text):
    reader, writer = await connection.open_connection("127.0.0.1", int(to_port))
    return await talk(reader, writer, text)


async def socket(connection, path, text):
    reader, writer = await connection.open_unix_connection(path)
    return await talk(reader, writer, text)


async def talk(reader, writer, text):
    writer.write(text.encode())
    writer.write_eof()
    sys.stdout.buffer.write(await reader.read())
    return 0


async def many(connection, count):
    """All at once on one connection, each with its own status."""
    done = await asyncio.gather(
        *(connection.run(f"echo {i}; exit {i}", stdin=asyncssh.DEVNULL) for i in range(int(count)))
    )
    print([(int(d.stdout), d.exit_status) for d in done])
    return 0


async def main():
    async with asyncssh.connect(
        host, int(port), username=user, client_keys=[key], known_hosts=known_hosts,
        agent_path=None, config=None,
    ) as connection:
        actions = {
            "exec": run, "signal": signal, "interrupt": interrupt, "shell": shell, "sftp": sftp,
            "tunnel": tunnel, "socket": socket, "many": many,
        }
        return await asyncio.wait_for(actions[action](connection, *arguments), 30)


sys.exit(asyncio.run(main()))
