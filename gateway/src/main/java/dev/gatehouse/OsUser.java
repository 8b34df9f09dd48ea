package dev.gatehouse;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
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
 * @param identity the private key to name on ssh's command line; empty if ssh finds one by itself
 */
record OsUser(
    Username username, String displayName, List<SshPublicKey> keys, Optional<Path> identity) {
  private static final Logger LOG = LoggerFactory.getLogger(OsUser.class);

  /** What ssh tries without being told (ssh_config, IdentityFile). */
  private static final List<String> TRIED_BY_SSH =
      List.of("id_rsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk");

  /**
   * With the public keys of ~/.ssh, or a key made in the state folder if none of them can be used.
   */
  static OsUser find(TryState state) {
    var name = System.getProperty("user.name");
    var keys = new ArrayList<SshPublicKey>();
    Optional<Path> identity = Optional.empty();
    var foundBySsh = false;
    for (var file : publicKeyFiles(Path.of(System.getProperty("user.home"), ".ssh"))) {
      var key = read(file);
      if (key.isEmpty()) {
        continue;
      }
      keys.add(key.get());
      var privateKey = privateKeyOf(file);
      if (Files.exists(privateKey)) {
        foundBySsh |= TRIED_BY_SSH.contains(privateKey.getFileName().toString());
        identity = identity.or(() -> Optional.of(privateKey));
      }
    }
    if (identity.isEmpty()) {
      var own = state.file("id_ed25519");
      keys.add(KeyFile.publicKey(KeyFile.openEd25519(own)));
      identity = Optional.of(own);
    }
    return new OsUser(
        username(name),
        Quote.plain(name),
        List.copyOf(keys),
        foundBySsh ? Optional.empty() : identity);
  }

  private static List<Path> publicKeyFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".pub")).sorted().toList();
    } catch (IOException e) {
      throw new UserError(
          ExitCode.NOINPUT,
          "%s cannot be read: %s".formatted(Quote.path(folder), Quote.plain(e.toString())));
    }
  }

  private static Optional<SshPublicKey> read(Path file) {
    try {
      var key = SshPublicKey.parse(Files.readString(file));
      var objection = KeyPolicy.objection(key);
      objection.ifPresent(why -> LOG.warn("{} is not used: {}", Quote.path(file), why));
      return objection.isPresent() ? Optional.empty() : Optional.of(key);
    } catch (IOException | UserError e) {
      LOG.warn("{} is not used: {}", Quote.path(file), Quote.plain(String.valueOf(e.getMessage())));
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
