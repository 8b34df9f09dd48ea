package dev.gatehouse.frontdoor.login;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.FileProblem;
import dev.gatehouse.key.RevocationList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The revocation list that the definition names, as its file is now. While the file cannot be read
 * or understood, what it said before stays in force: nobody gets back in by breaking it.
 */
public final class RevokedKeys implements Supplier<RevocationList> {
  private static final Logger LOG = LoggerFactory.getLogger(RevokedKeys.class);

  /** OpenSSH's own are kilobytes; a list of keys of that size holds 100,000. */
  private static final long MAX_BYTES = 16 << 20;

  private final Supplier<ClusterDefinition> definition;
  private volatile RevocationList current = RevocationList.EMPTY;
  private Optional<Path> file = Optional.empty();
  private byte[] content = {};
  private String problem = "";

  /**
   * Reads the list.
   *
   * @throws UserError if there is a file, and it cannot be read or understood
   */
  public RevokedKeys(Supplier<ClusterDefinition> definition) {
    this.definition = definition;
    read();
  }

  @Override
  public RevocationList get() {
    return current;
  }

  /** Reads the file again, if it has changed. Called by one thread. */
  public void refresh() {
    try {
      read();
      problem = "";
    } catch (UserError e) {
      if (!problem.equals(e.text())) {
        problem = e.text();
        LOG.error("[revoked-keys] {}; what was revoked before stays so", problem);
      }
    }
  }

  private void read() {
    var wanted = definition.get().login().revokedKeys();
    var bytes = wanted.map(RevokedKeys::content).orElse(new byte[0]);
    if (!wanted.equals(file) || !Arrays.equals(bytes, content)) {
      current = wanted.map(f -> parse(f, bytes)).orElse(RevocationList.EMPTY);
      file = wanted;
      content = bytes;
    }
  }

  private static byte[] content(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw unusable(file, "it is larger than %d bytes".formatted(MAX_BYTES));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unusable(file, FileProblem.of(e));
    }
  }

  private static RevocationList parse(Path file, byte[] bytes) {
    try {
      return RevocationList.parse(bytes);
    } catch (UserError e) {
      throw unusable(file, e.text());
    }
  }

  private static UserError unusable(Path file, String why) {
    return new UserError(
        ExitCode.CONFIG, "login.revokedKeys: %s: %s".formatted(Quote.path(file), why));
  }
}
