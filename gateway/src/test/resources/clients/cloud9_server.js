// Sent over stdin and evaluated by the bootstrap: echoes frames, a length of 4 bytes before each.
// `rest` holds what came behind the zero byte already.
var pending = rest;
function echo() {
  while (pending.length >= 4 && pending.length >= 4 + pending.readUInt32BE(0)) {
    var length = 4 + pending.readUInt32BE(0);
    process.stdout.write(pending.slice(0, length));
    pending = pending.slice(length);
  }
}
process.stdin.on("data", function (chunk) {
  pending = Buffer.concat([pending, chunk]);
  echo();
});
process.stdin.on("end", function () {
  process.exitCode = pending.length === 0 ? 0 : 1;
});
echo();
