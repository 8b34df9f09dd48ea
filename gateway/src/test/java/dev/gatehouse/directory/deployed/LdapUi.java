package dev.gatehouse.directory.deployed;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.Running;
import java.nio.file.Path;
import java.util.List;

/**
 * LDAP Account Manager of Debian's package, started by the script and with the configuration of
 * {@code k8s/directory/ldap-ui}, as an ordinary user without capabilities. In a mount namespace of
 * its own the package's folders are what they are in the image; the machine's stay as they are.
 */
final class LdapUi implements AutoCloseable {
  private static final Path PACKAGE = Path.of("/usr/share/ldap-account-manager");

  /** The arguments: our files, a folder for this run, uid. */
  private static final String CONTAINER =
      """
      set -eu
      mkdir "$2/package" "$2/state" "$2/modules"
      cp -RL /var/lib/ldap-account-manager/config "$2/package/"
      chmod -R a+rX "$2"
      cp "$1/groupOfNames.inc" "$2/modules/"
      cp -r "$1" "$2/ours"
      chown -R "$3" "$2"
      mount --bind "$2/state" /var/lib/ldap-account-manager
      modules=/usr/share/ldap-account-manager/lib/modules
      mount -t overlay overlay -o "lowerdir=$2/modules:$modules" "$modules"
      exec setpriv --reuid "$3" --regid "$3" --clear-groups --no-new-privs --bounding-set=-all \
        "$2/ours/start"
      """;

  private static final String USER = "33890";

  private final Path folder = Folders.temporary();
  private final int port = Ports.free();
  private final Running process;

  LdapUi(SlapdHome slapd) {
    Programs.requireFile(PACKAGE, "apt-get install", "ldap-account-manager");
    Programs.require("apache2", "apache2 libapache2-mod-php");
    Programs.requireRoot("folders can be mounted by root only");
    var password = Folders.write(folder.resolve("password"), slapd.password("ldap-ui"));
    var ca = Folders.write(folder.resolve("ca.crt"), Folders.read(slapd.ca()));
    process =
        Program.in(folder, List.of("unshare", "--mount", "sh", "-c", CONTAINER, "sh"))
            .and(SlapdHome.deployed("ldap-ui").toString(), folder.toString(), USER)
            .with("SUFFIX", SlapdHome.BASE)
            .with("SERVERS", slapd.url())
            .with("PASSWORD", password.toString())
            .with("CA", ca.toString())
            .with("PORT", Integer.toString(port))
            .with("CONFIG", folder.resolve("ours").toString())
            .with("PACKAGE", folder.resolve("package").toString())
            .start();
    Poll.until(this::log, Poll.PATIENCE, () -> Ports.isListening(port));
  }

  /** Where it listens on the loopback address. */
  int port() {
    return port;
  }

  String log() {
    return process.stderrSoFar();
  }

  @Override
  public void close() {
    process.close();
    process.await();
    Folders.delete(folder);
  }
}
