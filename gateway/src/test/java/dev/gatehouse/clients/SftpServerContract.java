package dev.gatehouse.clients;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Result;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What OpenSSH's sftp-server does beyond {@link SftpContract}. */
abstract class SftpServerContract {
  /** A name of a time before UTF-8; its bytes are no text in any locale of today. */
  @Test
  void sftp_nameInLatin1_isFetchedAndRenamed(Laptop laptop) throws Exception {
    laptop
        .program("sh", "-c", "printf content > \"$(printf 'caf\\351')\"")
        .in(laptop.remote())
        .run()
        .ok();
    sftp(laptop, "get caf\u00e9 back\nrename caf\u00e9 caf\u00e8\nget caf\u00e8 again\n").ok();
    assertThat(laptop.home().resolve("back")).hasContent("content");
    assertThat(laptop.home().resolve("again")).hasContent("content");
  }

  private static Result sftp(Laptop laptop, String batch) {
    return laptop
        .program("sftp", "-b", "-", "-F", laptop.config().toString())
        .and(HOST + ":" + laptop.remote())
        .run(batch.getBytes(StandardCharsets.ISO_8859_1));
  }
}
