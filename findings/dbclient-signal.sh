#!/usr/bin/env bash
# dbclient 2022.83 (Debian 2022.83-1+deb12u3): a command that ends by a signal makes dbclient exit with 0.
# A guess: it exits with anything but 0, as ssh (255) does. The server, npm's ssh2 1.17.0, sends "exit-signal"
# with TERM, as RFC 4254 (6.10) has it, in place of "exit-status". dbclient reads an exit status only. So a script that
# runs a remote command by dbclient takes one that was killed for one that succeeded.
#
# Seen:
#   exit-status 3: dbclient exits 3, ssh 3
#   exit-signal TERM: dbclient exits 0, ssh 255
self=$(realpath "$0")
. "$(dirname "$self")/lib/common.sh"
npm_packages ssh2@1.17.0
debs dropbear-bin=2022.83-1+deb12u3 libtomcrypt1=1.18.2-6 libtommath1=1.2.0-6+deb12u1 \
  openssh-client=1:9.2p1-2+deb12u10

cat > server.js <<'END'
const {generateKeyPairSync} = require('node:crypto');
const {writeFileSync} = require('node:fs');
const {Server} = require('ssh2');

const {privateKey} = generateKeyPairSync('rsa', {
  modulusLength: 3072,
  publicKeyEncoding: {type: 'spki', format: 'pem'},
  privateKeyEncoding: {type: 'pkcs1', format: 'pem'},
});
new Server({hostKeys: [privateKey]}, client => {
  client.on('authentication', login => login.accept());
  client.on('error', () => {});
  client.on('session', accept => {
    accept().on('exec', (accept, reject, {command}) => {
      const channel = accept();
      channel.exit(command === 'signal' ? 'TERM' : 3);
      channel.end();
    });
  });
}).listen(0, '127.0.0.1', function () {
  writeFileSync('port.new', String(this.address().port));
  require('node:fs').renameSync('port.new', 'port');
});
END
node server.js &
server=$!
until_true test -s port

# exits COMMAND...: prints the exit status.
exits() {
  local status=0
  "$@" < /dev/null > client.log 2>&1 || status=$?
  echo "$status"
}
for command in 'exit-status 3' 'exit-signal TERM'; do
  word=$([[ $command == *signal* ]] && echo signal || echo status)
  echo "$command: dbclient exits $(HOME=$work exits root/usr/bin/dbclient -y -y -T -p "$(< port)" me@127.0.0.1 "$word")," \
    "ssh $(exits root/usr/bin/ssh -F /dev/null -T -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
      -p "$(< port)" me@127.0.0.1 "$word")"
done > out
seen out
