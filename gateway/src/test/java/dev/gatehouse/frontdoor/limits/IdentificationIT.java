package dev.gatehouse.frontdoor.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.PlainSshd;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.SshTarget;
import dev.gatehouse.testkit.StagedGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What may come before or in place of a client's identification (RFC 4253, 4.2). An empty first
 * line was once answered with silence until loginGraceTime. Debian's sshd passes the same tests.
 */
class IdentificationIT {
  private static final String INVALID = "Invalid SSH identification string.";
  private static final String OTHER_VERSION = "Protocol major versions differ.";
  private static final String KEXINIT = "KEXINIT";

  /** What a client says first, and what it then reads. */
  enum Opening {
    EMPTY_LINE("\r\n", INVALID),
    EMPTY_LINE_OF_UNIX("\n", INVALID),
    EMPTY_LINE_AND_AN_IDENTIFICATION("\r\nSSH-2.0-x\r\n", INVALID),
    LINE_BEFORE_THE_IDENTIFICATION("hello\r\nSSH-2.0-x\r\n", INVALID),
    HTTP("GET / HTTP/1.1\r\nHost: x\r\n\r\n", INVALID),
    TOO_LONG("SSH-2.0-" + "x".repeat(9000) + "\r\n", INVALID),
    TOO_LONG_WITHOUT_END("x".repeat(9000), INVALID),
    NUL("SSH-2.0-x\0y\r\n", INVALID),
    NUL_AT_ONCE("\0", INVALID),
    TLS("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003", INVALID),
    CR_WITHIN_THE_LINE("SSH-2.0-x\ry\r\n", INVALID),
    CR_AND_NO_LF("SSH-2.0-x\rSSH-2.0-y", INVALID),
    SMALL_LETTERS("ssh-2.0-x\r\n", INVALID),
    BLANK_BEFORE(" SSH-2.0-x\r\n", INVALID),
    NO_SOFTWARE("SSH-2.0-\r\n", INVALID),
    NO_VERSION("SSH-x\r\n", INVALID),
    NO_MINOR_VERSION("SSH-2-x\r\n", INVALID),
    VERSION_1_5("SSH-1.5-x\r\n", OTHER_VERSION),
    VERSION_3("SSH-3.0-x\r\n", OTHER_VERSION),
    VERSION_1_99("SSH-1.99-x\r\n", KEXINIT),
    VERSION_2_1("SSH-2.1-x\r\n", KEXINIT),
    VERSION_2("SSH-2.0-x\r\n", KEXINIT),
    LF_ONLY("SSH-2.0-x\n", KEXINIT),
    COMMENT("SSH-2.0-x some words\r\n", KEXINIT),
    LONGEST_OF_THE_RFC("SSH-2.0-" + "x".repeat(245) + "\r\n", KEXINIT);

    private final String said;
    private final String answer;

    Opening(String said, String answer) {
      this.said = said;
      this.answer = answer;
    }
  }

  @Nested
  class Gateway extends Contract {
    @Override
    SshTarget open() {
      return StagedGateway.start("gateway: {port: 0}", People.of("alice"));
    }
  }

  @Nested
  class DebiansSshd extends Contract {
    @Override
    SshTarget open() {
      return PlainSshd.start();
    }
  }

  @TestInstance(Lifecycle.PER_CLASS)
  abstract static class Contract {
    private SshTarget target;

    abstract SshTarget open();

    @BeforeAll
    void start() {
      target = open();
    }

    @AfterAll
    void stop() {
      target.close();
    }

    @ParameterizedTest
    @EnumSource
    void client_saysThisFirst_readsThat(Opening opening) throws IOException {
      try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), target.port())) {
        socket.setSoTimeout((int) Poll.PATIENCE.toMillis());
        assertThat(line(socket)).startsWith("SSH-2.0-OpenSSH_");
        socket.getOutputStream().write(opening.said.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(answer(socket)).isEqualTo(opening.answer);
      }
    }

    /** A packet begins with the upper byte of its length; text is read to the end. */
    private static String answer(Socket socket) throws IOException {
      var first = socket.getInputStream().read();
      return first == 0 ? KEXINIT : ((char) first + readTo(-1, socket)).strip();
    }

    private static String line(Socket socket) throws IOException {
      return readTo('\n', socket);
    }

    private static String readTo(int end, Socket socket) throws IOException {
      var text = new StringBuilder();
      try {
        for (var c = socket.getInputStream().read();
            c >= 0 && c != end;
            c = socket.getInputStream().read()) {
          text.append((char) c);
        }
      } catch (SocketException e) {
        // sshd leaves unread what it refuses, and so ends with a reset.
        assertThat(e).hasMessageContaining("reset");
      }
      return text.toString();
    }
  }
}
