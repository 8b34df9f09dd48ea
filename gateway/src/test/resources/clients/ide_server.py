"""What an IDE leaves running in a workspace: an HTTP server that outlives the session.

ide_server.py ANNOUNCEMENT [UNIX_SOCKET]: says in a file where it listens, and ends on /quit or by
itself after a minute, so that a failed test leaves nothing behind.
"""

import http.server
import os
import signal
import socketserver
import sys

signal.alarm(60)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = ("pid %d says %s" % (os.getpid(), self.path)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
        if self.path == "/quit":
            os._exit(0)

    def address_string(self):
        return "client"


if len(sys.argv) > 2:
    server = socketserver.UnixStreamServer(sys.argv[2], Handler)
    where = sys.argv[2]
else:
    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    where = "127.0.0.1:%d" % server.server_address[1]
with open(sys.argv[1] + ".new", "w") as announcement:
    announcement.write(where)
os.rename(sys.argv[1] + ".new", sys.argv[1])
server.serve_forever()
