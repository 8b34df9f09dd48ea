package dev.gatehouse.trial;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.FileProblem;
import dev.gatehouse.file.TextFile;
import dev.gatehouse.install.PrivateFolder;
import dev.gatehouse.install.UserHome;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.key.KeyPolicy;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.name.Username;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whoever started this process, as a person to be.
 *
 * @param keys the keys that may log in
 * @param identities the private keys of those that are at hand, at least one
 */
public record OsUser(
    Username username, String displayName, List<SshPublicKey> keys, List<Path> identities) {
  private static final Logger LOG = LoggerFactory.getLogger(OsUser.class);
  private static final int MAX_KEY = 64 * 1024;

  public static OsUser find(PrivateFolder state) {
    return find(account(), UserHome.path().resolve(".ssh"), state);
  }

  /** The name that the account has here, or would have. */
  static Username name() {
    return username(account());
  }

  private static String account() {
    return System.getProperty("user.name");
  }

  /**
   * With the public keys of ~/.ssh, or a key made in the state folder if none of them can be used.
   */
  static OsUser find(String name, Path ssh, PrivateFolder state) {
    var keys = new ArrayList<SshPublicKey>();
    var identities = new ArrayList<Path>();
    for (var file : publicKeyFiles(ssh)) {
      var key = read(file);
      if (key.isEmpty()) {
        continue;
      }
      keys.add(key.get());
      var privateKey = privateKeyOf(file);
      if (Files.exists(privateKey)) {
        identities.add(privateKey);
      }
    }
    if (identities.isEmpty()) {
      var own = state.file("id_ed25519");
      keys.add(KeyFile.publicKey(KeyFile.openEd25519(own)));
      identities.add(own);
    }
    return new OsUser(
        username(name), Quote.plain(name), List.copyOf(keys), List.copyOf(identities));
  }

  private static List<Path> publicKeyFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".pub") && Files.isRegularFile(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UserError(
          ExitCode.NOINPUT,
          "%s cannot be read: %s".formatted(Quote.path(folder), FileProblem.of(e)));
    }
  }

  private static Optional<SshPublicKey> read(Path file) {
    try {
      var key = SshPublicKey.parse(TextFile.read(file, "key", MAX_KEY, ExitCode.DATAERR));
      var objection = KeyPolicy.objection(key);
      objection.ifPresent(why -> LOG.warn("{} is not used: {}", Quote.path(file), why));
      return objection.isPresent() ? Optional.empty() : Optional.of(key);
    } catch (UserError e) {
      LOG.warn("{} is not used: {}", Quote.path(file), e.text());
      return Optional.empty();
    }
  }

  private static Path privateKeyOf(Path publicKey) {
    var name = publicKey.getFileName().toString();
    return publicKey.resolveSibling(name.substring(0, name.length() - ".pub".length()));
  }

  /** The name of the account, or the nearest thing to it that is a user name here. */
  private static Username username(String name) {
    try {
      return new Username(name);
    } catch (UserError e) {
      var near = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]", "-");
      return new Username("u" + near.substring(0, Math.min(near.length(), 31)));
    }
  }
}
