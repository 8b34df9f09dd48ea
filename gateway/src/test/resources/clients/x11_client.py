"""An X client that knows nothing but the setup: sends the cookie and a greeting, prints the answer.

Runs remotely, from stdin, since the remote side may have no X program at all.
"""

import os
import re
import socket
import subprocess
import struct

display = os.environ["DISPLAY"]
listed = subprocess.run(["xauth", "list", display], capture_output=True, text=True, check=True)
cookie = bytes.fromhex(listed.stdout.split()[2])
host, number = re.fullmatch(r"(.*):(\d+)\.\d+", display).groups()
protocol = b"MIT-MAGIC-COOKIE-1"
setup = struct.pack("<BxHHHHxx", ord("l"), 11, 0, len(protocol), len(cookie))
with socket.create_connection((host, 6000 + int(number))) as server:
    server.sendall(setup + protocol + b"\0\0" + cookie + b"hello")
    print(server.makefile().read())
