package dev.gatehouse.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * libssh2, by curl. Debian's (1.10) knows only MACs without encrypt-then-mac, which a gateway
 * offers only in its {@code compatible} profile.
 */
abstract class Libssh2Contract {
  @ParameterizedTest
  @ValueSource(strings = {"sftp", "scp"})
  void curl_uploadsAndDownloads_isUnchanged(String protocol, Laptop laptop) throws Exception {
    var bytes = OpenSshExecContract.allByteValues(3_000_000);
    var local = Files.write(laptop.home().resolve("a"), bytes).toString();
    var url = url(protocol, laptop) + "/b";
    curl(laptop, "-T", local, url).run().ok();
    assertThat(laptop.remote().resolve("b")).hasBinaryContent(bytes);
    assertThat(curl(laptop, url).run().ok().bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sftp"})
  void curl_listsAndRenames_doesSo(String protocol, Laptop laptop) {
    Tree.write(laptop.remote().resolve("a"), "content");
    var rename = "rename " + laptop.remote() + "/a " + laptop.remote() + "/b";
    var listed = curl(laptop, "-l", "-Q", rename, url(protocol, laptop) + "/").run().ok().stdout();
    assertThat(listed.lines()).contains("b").doesNotContain("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sftp", "scp"})
  void curl_missingFile_exits78Or79(String protocol, Laptop laptop) {
    // CURLE_REMOTE_FILE_NOT_FOUND over SFTP; over SCP the library knows only CURLE_SSH.
    assertThat(curl(laptop, url(protocol, laptop) + "/none").run().exit()).isIn(78, 79);
  }

  private static String url(String protocol, Laptop laptop) {
    var target = laptop.target();
    return protocol + "://" + target.host() + ":" + target.port() + laptop.remote();
  }

  /** Its host keys are in the laptop's ~/.ssh/known_hosts. */
  private static Program curl(Laptop laptop, String... arguments) {
    var curl = Programs.require("curl", "curl").toString();
    var identity = laptop.target().identity().toString();
    return laptop
        .program(curl, "-sS", "--key", identity, "--pubkey", identity + ".pub")
        .and("-u", laptop.target().login() + ":")
        .and(arguments);
  }
}
