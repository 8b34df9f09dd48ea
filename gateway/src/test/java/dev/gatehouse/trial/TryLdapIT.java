package dev.gatehouse.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.TryHome;
import dev.gatehouse.directory.deployed.SlapdHome;
import dev.gatehouse.testkit.Folders;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gatehouse try} with a site's own directory: its people, in workspaces of this machine. */
final class TryLdapIT {
  private static final String ADMINISTRATOR = SlapdHome.ADMINISTRATOR;

  private final TryHome home = new TryHome();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void start_withDirectoryOfDefinition_letsItsPeopleIn() throws IOException {
    var site = SlapdHome.in(folder);
    var open = "gateway: {host: 0.0.0.0}\n" + site.definition();
    var definition = Folders.write(folder.resolve("cluster.yaml"), open);
    try (var _ = site.start();
        var gateway = home.start("--cluster", definition.toString())) {
      assertThat(gateway.screen())
          .contains("with the people of ldap")
          .contains("nobody there is called " + OsUser.name() + ", so say your name with -l")
          .contains("Administrators are the members of its group gatehouse-admins")
          .contains(" -l NAME gatehouse\n")
          .doesNotContain("you are " + OsUser.name());
      assertThat(home.state().resolve("directory.ldif")).doesNotExist();

      // From the network all of them could run programs as the one who tries.
      assertThat(isFree("127.0.0.2", gateway.port())).isTrue();

      var as = " -i " + site.administratorKey() + " -o BatchMode=yes ";
      var line = gateway.shellCommand().replace("-l NAME", "-l " + ADMINISTRATOR + as);
      assertThat(gateway.paste(line + " pwd").run().ok().stdout())
          .isEqualTo(home.state().resolve("homes").resolve(ADMINISTRATOR) + "\n");
      assertThat(gateway.paste(line + " gate whoami").run().ok().stdout())
          .containsPattern("administrator\\s+yes");
    }
  }

  @Test
  void start_asAdministratorOfDirectory_saysSo() {
    var me = OsUser.name().value();
    var people = seed("1-tree.ldif") + "\n" + seed("3-administrator.ldif").replace("@ADMIN@", me);
    var site = SlapdHome.in(folder, people.replaceAll("userPassword: .*\n", ""));
    var definition = Folders.write(folder.resolve("cluster.yaml"), site.definition());
    try (var _ = site.start();
        var gateway = home.start("--cluster", definition.toString())) {
      assertThat(gateway.screen())
          .contains("you are " + me + " there, an administrator")
          .doesNotContain("-l NAME");
    }
  }

  @Test
  void start_whileDirectoryIsAway_saysThat() {
    var definition =
        Folders.write(folder.resolve("cluster.yaml"), SlapdHome.in(folder).definition());
    try (var gateway = home.start("--cluster", definition.toString())) {
      assertThat(gateway.screen()).contains("it does not answer now (");
    }
  }

  @Test
  void start_onFolderOfAnother_isRefused() {
    var definition =
        Folders.write(folder.resolve("cluster.yaml"), SlapdHome.in(folder).definition());
    try (var _ = home.start()) {
      var second = home.fail("--cluster", definition.toString());
      assertThat(second.exit()).isEqualTo(75);
      assertThat(second.stderr()).contains("another gateway is using " + home.state());
    }
  }

  /** Whether nothing listens there, be it on all addresses. */
  private static boolean isFree(String address, int port) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address, port));
      return true;
    } catch (BindException e) {
      return false;
    }
  }

  private static String seed(String file) {
    return Folders.read(SlapdHome.deployed("seed").resolve(file));
  }
}
