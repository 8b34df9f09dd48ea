package dev.gatehouse.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A certificate authority in a folder, which openssl keeps. */
public record TestCa(Path folder, String name) {
  /** A certificate and its key, PEM. */
  public record Pair(Path certificate, Path key) {}

  public static TestCa make(Path folder, String name) {
    var ca = new TestCa(folder, name);
    ca.openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=%s"
                .formatted(name)
            + " -keyout %s -out %s".formatted(ca.file("ca.key"), ca.certificate()));
    return ca;
  }

  public Path certificate() {
    return file("ca.pem");
  }

  /**
   * @param alternative such as {@code IP:127.0.0.1}
   */
  public Pair issue(String subject, String alternative) {
    var pair = new Pair(file(subject + ".pem"), file(subject + ".key"));
    openssl(
        ("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=%s"
                + " -addext subjectAltName=%s -addext basicConstraints=critical,CA:false"
                + " -CA %s -CAkey %s -keyout %s -out %s")
            .formatted(
                subject,
                alternative,
                certificate(),
                file("ca.key"),
                pair.key(),
                pair.certificate()));
    return pair;
  }

  private Path file(String end) {
    return folder.resolve(name + "-" + end);
  }

  private void openssl(String arguments) {
    var log = file("openssl.log");
    try {
      var exit =
          new ProcessBuilder(("openssl " + arguments).split(" "))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start()
              .onExit()
              .join()
              .exitValue();
      if (exit != 0) {
        throw new IllegalStateException(Files.readString(log));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
