package dev.gatehouse.transport;

import java.util.List;
import java.util.function.Supplier;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;

/**
 * Ciphers that do what MINA's of the same names do, in less time; docs/decisions/0015-transport.md
 * says how much, and why AES-GCM is not among them.
 */
public final class Ciphers {
  private static final List<NamedFactory<Cipher>> OURS =
      List.of(
          new Factory("chacha20-poly1305@openssh.com", ChaChaPolyCipher::new),
          new Factory("aes128-ctr", () -> new CounterCipher(BuiltinCiphers.aes128ctr)),
          new Factory("aes256-ctr", () -> new CounterCipher(BuiltinCiphers.aes256ctr)));

  private Ciphers() {}

  private record Factory(String getName, Supplier<Cipher> maker) implements NamedFactory<Cipher> {
    @Override
    public Cipher create() {
      return maker.get();
    }
  }

  /** Those given, ours in the place of MINA's where we have one of the name. */
  public static List<NamedFactory<Cipher>> replaceIn(List<NamedFactory<Cipher>> available) {
    return available.stream().map(Ciphers::ourOwn).toList();
  }

  private static NamedFactory<Cipher> ourOwn(NamedFactory<Cipher> theirs) {
    return OURS.stream()
        .filter(ours -> ours.getName().equals(theirs.getName()))
        .findFirst()
        .orElse(theirs);
  }
}
