package dev.gatehouse.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.key.Certificate;
import dev.gatehouse.key.RevocationList;
import dev.gatehouse.key.SshPublicKey;

/** A file of the operator's, which other programs write. */
final class RevocationListTarget extends FuzzTarget {
  private static final Certificate PROBE = certificate();

  @Override
  protected String name() {
    return "revocation-list";
  }

  @Override
  protected Runnable parse(byte[] input) {
    var list = RevocationList.parse(input);
    return () -> isRight(list, input);
  }

  private static void isRight(RevocationList list, byte[] input) {
    var again = RevocationList.parse(input);
    require(list.revokes(PROBE) == again.revokes(PROBE), "it depends");
    require(!list.revokes(PROBE.key()) || list.revokes(PROBE), "revokes the key alone");
    require(!list.revokes(PROBE.ca()) || list.revokes(PROBE), "revokes the CA alone");
    if (input.length == 0 || input[0] != 'S') {
      new String(input, UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .forEach(line -> require(list.revokes(SshPublicKey.parse(line)), "left out: " + line));
    }
  }

  private static Certificate certificate() {
    var corpus = Corpus.of(new CertificateTarget());
    return Certificate.parse(Corpus.read(corpus.folder().resolve("ed25519")));
  }
}
