package dev.gatehouse.console.commands.keys;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.ConsoleFixture;
import dev.gatehouse.console.ConsoleFixture.Outcome;
import dev.gatehouse.console.PtyStreams;
import dev.gatehouse.console.terminal.StreamInput;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys in the forms in which people have them, as ssh-keygen and PuTTY's own puttygen write them.
 */
final class KeyFormsTest {
  private final ConsoleFixture fixture = new ConsoleFixture();

  @TempDir Path folder;

  @BeforeEach
  void require() {
    Programs.require("ssh-keygen", "openssh-client");
  }

  private Outcome add(String stdin) {
    return fixture.gate(ALICE, "keys add", stdin);
  }

  private List<SshPublicKey> keys() {
    return fixture.people.person(ALICE.username()).orElseThrow().publicKeys();
  }

  private String run(String... command) {
    return Program.in(folder, List.of(command)).run().ok().stdout();
  }

  private SshPublicKey generate(String type) {
    run("ssh-keygen", "-q", "-t", type, "-N", "", "-C", "ada@desk", "-f", "k");
    return SshPublicKey.parse(Folders.read(folder.resolve("k.pub")));
  }

  /** Only the person's own shell can read a file of theirs. */
  @ParameterizedTest
  @ValueSource(strings = {"k1.pub", "~/.ssh/id_ed25519.pub", "id_ed25519", "C:/Users/ada/ada.pub"})
  void add_nameOfAFile_saysHowToPipeItIn(String file) {
    var outcome = fixture.gate(ALICE, "keys add " + file);
    assertThat(outcome.exit()).isEqualTo(64);
    assertThat(outcome.err())
        .isEqualTo(
            "gate: '%s' is the name of a file, which cannot be read from here; write '- < %s'\n"
                .formatted(file, file));
  }

  @Test
  void add_withByteOrderMark_isTaken() {
    assertThat(add("\ufeff" + key(1).line() + " ada\r\n").err()).isEmpty();
    assertThat(keys()).containsExactly(key(1));
  }

  /** PowerShell's {@code >} and Notepad's "Unicode". */
  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void add_inUtf16_isTaken(String charset) throws Exception {
    var bytes = ("\ufeff" + key(1).line() + " ada\r\n").getBytes(Charset.forName(charset));
    try (var in = new ByteArrayInputStream(bytes)) {
      var text = new StreamInput(in).read("");
      assertThat(NewKeys.from(List.of(text), new StreamInput(in)))
          .extracting(k -> (Object) k.key().key())
          .containsExactly(key(1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ed25519, RFC4716",
    "rsa, RFC4716",
    "ecdsa, RFC4716",
    "rsa, PKCS8",
    "ecdsa, PKCS8",
    "rsa, PEM"
  })
  void add_formOfSshKeygen_isTaken(String type, String form) {
    var key = generate(type);
    var outcome = add(run("ssh-keygen", "-e", "-m", form, "-f", "k.pub"));
    assertThat(outcome.err()).isEmpty();
    assertThat(keys()).containsExactly(key);
  }

  @Test
  void add_ed25519AsOpensslHasIt_isTaken() {
    var pem =
        """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
        -----END PUBLIC KEY-----
        """;
    assertThat(add(pem).err()).isEmpty();
    assertThat(keys().getFirst().type()).isEqualTo("ssh-ed25519");
  }

  @Test
  void add_rfc4716_keepsTheComment() {
    var key = generate("ed25519");
    var text =
        """
        ---- BEGIN SSH2 PUBLIC KEY ----
        Subject: ada
        Comment: "a long comment of \\
        two lines"
        x-command: /bin/ls
        %s
        ---- END SSH2 PUBLIC KEY ----
        """
            .formatted(key.line().split(" ", 2)[1].replaceAll("(.{40})", "$1\n"));
    assertThat(add(text).err()).isEmpty();
    assertThat(fixture.gate(ALICE, "keys list").out()).contains("\ta long comment of two lines\t");
  }

  @Test
  void add_savedByPuttygen_isTaken() {
    Programs.require("puttygen", "putty-tools");
    var key = generate("rsa");
    run("puttygen", "k", "-O", "private", "-o", "k.ppk");
    assertThat(add(run("puttygen", "k.ppk", "-O", "public")).err()).isEmpty();
    assertThat(keys()).containsExactly(key);
  }

  @Test
  void add_dataAlone_isTaken() {
    assertThat(add(key(1).line().split(" ", 2)[1] + "\n").err()).isEmpty();
    assertThat(keys()).containsExactly(key(1));
  }

  @Test
  void add_puttysPrivateKey_isRefusedAndTheWayIsNamed() {
    Programs.require("puttygen", "putty-tools");
    generate("ed25519");
    run("puttygen", "k", "-O", "private", "-o", "k.ppk");
    var outcome = add(Folders.read(folder.resolve("k.ppk")));
    assertThat(outcome.exit()).isEqualTo(64);
    assertThat(outcome.err())
        .contains("private key", "puttygen FILE.ppk -L")
        .doesNotContain("AAAA");
    assertThat(add(run("puttygen", "k.ppk", "-L")).exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RFC4716", "PKCS8", "PEM"})
  void add_privateKey_isRefusedAndTheWayIsNamed(String form) {
    run("ssh-keygen", "-q", "-t", "rsa", "-N", "", "-m", form, "-f", "k");
    var outcome = add(Folders.read(folder.resolve("k")));
    assertThat(outcome.exit()).isEqualTo(64);
    assertThat(outcome.err()).contains("private key", "ssh-keygen -y -f FILE");
    assertThat(add(run("ssh-keygen", "-y", "-f", "k")).exit()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----|openssl x509",
        "-----BEGIN PGP PUBLIC KEY BLOCK-----\\n\\nmQ==\\n|gpg --export-ssh-key",
        "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU|fingerprint",
        "MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48|fingerprint",
      })
  void add_somethingElse_isNamed(String text, String words) {
    var outcome = add(text.replace("\\n", "\n"));
    assertThat(outcome.exit()).isEqualTo(64);
    assertThat(outcome.err()).contains(words);
  }

  /** As copied from an e-mail or a narrow terminal. */
  @Test
  void add_keyThatIsCutIntoLines_isNamed() {
    var line = key(1).line();
    var outcome = add(line.substring(0, 40) + "\n" + line.substring(40) + " ada\n");
    assertThat(outcome.exit()).isEqualTo(64);
    assertThat(outcome.err()).contains("one line");
    assertThat(keys()).isEmpty();
  }

  @Test
  void add_twice_saysSo() {
    add(key(1).line() + " ada");
    assertThat(add(key(1).line() + " ada"))
        .isEqualTo(
            new Outcome(0, "alice has %s already; nothing is changed.\n".formatted(key(1)), ""));
    assertThat(add(key(1).line() + "\n" + key(2).line()).out())
        .isEqualTo("alice may now log in with %s, and has %s already.\n".formatted(key(2), key(1)));
    assertThat(keys()).containsExactly(key(1), key(2));
  }

  @Test
  void add_withOtherConditions_replacesAndSaysSo() {
    add(key(1).line() + " ada");
    assertThat(add("restrict " + key(1).line()).out()).contains("may now log in with " + key(1));
    assertThat(fixture.gate(ALICE, "keys list").out()).contains("\trestrict\t");
  }

  @Test
  void terminal_withByteOrderMark_isTaken() throws Exception {
    try (var terminal = new PtyStreams("xterm-256color")) {
      terminal.run(fixture.console(), ALICE, "keys add").await("The public key");
      terminal.type("\ufeff" + key(1).line() + "\r");
      assertThat(terminal.exit()).isZero();
      assertThat(keys()).containsExactly(key(1));
    }
  }
}
