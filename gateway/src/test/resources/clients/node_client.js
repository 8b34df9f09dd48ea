// The npm package ssh2, which many editors and tools embed:
// node_client.js HOST PORT USER KEY HOST_KEY_SHA256 ACTION ...
'use strict';

const fs = require('fs');
const { Client } = require('ssh2');

const [host, port, username, key, hostKey, action, ...args] = process.argv.slice(2);
const client = new Client();

function end(status) {
  client.once('close', () => { process.exitCode = status; });
  client.end();
}

function orFail(done) {
  return (error, value) => {
    if (error) {
      console.error(error);
      end(70);
    } else {
      done(value);
    }
  };
}

function readAll(stream, done) {
  const chunks = [];
  stream.on('data', (chunk) => chunks.push(chunk));
  stream.on('end', () => done(Buffer.concat(chunks)));
}

function talk(stream, text) {
  readAll(stream, (answer) => {
    process.stdout.write(answer);
    end(0);
  });
  stream.end(text);
}

const actions = {
  exec(command) {
    client.exec(command, orFail((stream) => {
      let status = 70;
      stream.on('exit', (code, signal) => {
        status = code === null ? 71 : code;
        if (signal) console.log('signal', signal);
      });
      stream.pipe(process.stdout);
      stream.stderr.pipe(process.stderr);
      stream.on('close', () => end(status));
      process.stdin.pipe(stream);
    }));
  },
  shell() {
    client.shell({ term: 'xterm', cols: 80, rows: 24 }, orFail((stream) => {
      let seen = '';
      let resized = false;
      let status;
      stream.on('data', (chunk) => {
        seen += chunk;
        if (!resized && seen.includes('ready> ')) {
          resized = true;
          stream.setWindow(40, 100, 0, 0);
          stream.write('stty size; exit 5\n');
        }
      });
      stream.on('exit', (code) => { status = code; });
      stream.on('close', () => {
        process.stdout.write(seen);
        end(status);
      });
      stream.write("PS1='rea''dy> '\n");
    }));
  },
  sftp(local, remote) {
    client.sftp(orFail((files) => {
      files.fastPut(local, remote + '/a', orFail(() => {
        files.rename(remote + '/a', remote + '/b', orFail(() => {
          files.readdir(remote, orFail((list) => {
            console.log(list.map((entry) => entry.filename).join());
            files.fastGet(remote + '/b', local + '.back', orFail(() => end(0)));
          }));
        }));
      }));
    }));
  },
  tunnel(toPort, text) {
    client.forwardOut('127.0.0.1', 1, '127.0.0.1', Number(toPort), orFail((s) => talk(s, text)));
  },
  socket(path, text) {
    client.openssh_forwardOutStreamLocal(path, orFail((stream) => talk(stream, text)));
  },
  reverse() {
    client.on('tcp connection', (info, accept) => {
      const far = accept();
      readAll(far, (got) => far.end(got + ' pong'));
    });
    client.forwardIn('127.0.0.1', 0, orFail((listening) => {
      const near = require('net').connect({ port: listening, host: '127.0.0.1', allowHalfOpen: true });
      talk(near, 'ping');
    }));
  },
};

client.on('ready', () => actions[action](...args));
client.on('error', (error) => {
  console.error(error);
  process.exitCode = 72;
});
client.connect({
  host,
  port: Number(port),
  username,
  privateKey: fs.readFileSync(key),
  hostHash: 'sha256',
  hostVerifier: (hex) => 'SHA256:' + Buffer.from(hex, 'hex').toString('base64').replace(/=+$/, '') === hostKey,
});
