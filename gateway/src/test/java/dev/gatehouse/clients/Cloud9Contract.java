package dev.gatehouse.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.Resources;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Cloud9: a program is sent over stdin, up to a zero byte; its own protocol follows on stdio. */
abstract class Cloud9Contract {
  /** As Cloud9's own: has no single quote, so that the remote shell takes it as one word. */
  private static final String BOOTSTRAP =
      "var code = Buffer.alloc(0), rest;"
          + "process.stdin.on(\"data\", function read(chunk) {"
          + "  code = Buffer.concat([code, chunk]);"
          + "  var end = code.indexOf(0);"
          + "  if (end < 0) return;"
          + "  process.stdin.removeListener(\"data\", read);"
          + "  rest = code.slice(end + 1);"
          + "  eval(code.toString(\"utf8\", 0, end));"
          + "});";

  @Test
  void cloud9_framesOfAllByteValues_comeBackUnchanged(Laptop laptop) {
    var frames = new ByteArrayOutputStream();
    for (var size : new int[] {0, 1, 255, 256, 70_000, 1_000_000}) {
      frames.writeBytes(ByteBuffer.allocate(4).putInt(size).array());
      frames.writeBytes(OpenSshExecContract.allByteValues(size));
    }
    var input = new ByteArrayOutputStream();
    input.writeBytes(code().getBytes(StandardCharsets.UTF_8));
    input.write(0);
    input.writeBytes(frames.toByteArray());

    var result = cloud9(laptop).run(input.toByteArray()).ok();

    assertThat(result.bytes()).isEqualTo(frames.toByteArray());
    assertThat(result.stderr()).isEmpty();
  }

  @Test
  void cloud9_oneFrameAtATime_isAnsweredAtOnce(Laptop laptop) {
    var ssh = laptop.start(cloud9(laptop).typed());
    ssh.type(code() + "\0");
    for (var text : new String[] {"1st", "2nd", "3rd"}) {
      ssh.type("\0\0\0\3" + text);
      ssh.awaitStdout("\0\0\0\3" + text);
    }
    ssh.endInput();
    assertThat(ssh.await().exit()).isZero();
  }

  private static String code() {
    return Folders.read(Resources.file("clients/cloud9_server.js"));
  }

  /** Cloud9 reads no configuration, so all of it is on the command line. */
  private static Program cloud9(Laptop laptop) {
    var node = Programs.require("node", "nodejs");
    var target = laptop.target();
    return laptop
        .program("ssh", "-F", "/dev/null", "-o", "BatchMode=yes", "-p", "" + target.port())
        .and("-i", target.identity().toString(), "-o", "IdentitiesOnly=yes")
        .and("-o", "UserKnownHostsFile=" + target.knownHosts())
        .and(target.login() + "@" + target.host(), node + " -e '" + BOOTSTRAP + "'");
  }
}
