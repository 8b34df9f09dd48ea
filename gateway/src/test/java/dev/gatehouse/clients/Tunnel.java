package dev.gatehouse.clients;

import static dev.gatehouse.testkit.Laptop.HOST;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Running;
import java.util.stream.Stream;

/** {@code ssh -N} with forwards, all of them ready when this returns. */
final class Tunnel {
  private Tunnel() {}

  /**
   * Opens the forwards.
   *
   * @param forwards options such as {@code -L}, {@code 8080:127.0.0.1:80}
   */
  static Running open(Laptop laptop, String... forwards) {
    var arguments = Stream.concat(Stream.of("-N", "-v"), Stream.of(forwards));
    var ssh = laptop.start(laptop.openssh(arguments.toArray(String[]::new)).and(HOST));
    ssh.awaitStderr("debug1: Entering interactive session|debug1: pledge:");
    // Answers to -R come later, one for each.
    for (var i = 1; i <= remoteForwards(forwards); i++) {
      ssh.awaitStderr("(?s)(remote forward success.*){" + i + "}");
    }
    return ssh;
  }

  private static long remoteForwards(String... forwards) {
    return Stream.of(forwards).filter("-R"::equals).count();
  }
}
