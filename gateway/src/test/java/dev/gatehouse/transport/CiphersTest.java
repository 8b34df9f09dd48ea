package dev.gatehouse.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.cipher.Cipher.Mode;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CiphersTest {
  @Test
  void replaceIn_allOfMina_keepsNamesAndSizes() {
    var theirs = List.<NamedFactory<Cipher>>copyOf(BuiltinCiphers.VALUES);
    var ours = Ciphers.replaceIn(theirs);
    var replaced = new ArrayList<String>();
    for (var i = 0; i < theirs.size(); i++) {
      assertThat(ours.get(i).getName()).isEqualTo(theirs.get(i).getName());
      if (!ours.get(i).equals(theirs.get(i))) {
        replaced.add(ours.get(i).getName());
        assertThat(sizes(ours.get(i).create())).isEqualTo(sizes(theirs.get(i).create()));
      }
    }
    assertThat(replaced)
        .containsExactlyInAnyOrder("chacha20-poly1305@openssh.com", "aes128-ctr", "aes256-ctr");
  }

  /** For a profile that does not have it, such as fips. */
  @Test
  void replaceIn_chachaNotAmongThem_doesNotAddIt() {
    var gcm = List.<NamedFactory<Cipher>>of(BuiltinCiphers.aes128gcm);
    assertThat(Ciphers.replaceIn(gcm)).isEqualTo(gcm);
  }

  @ParameterizedTest
  @EnumSource(
      value = BuiltinCiphers.class,
      names = {"aes128ctr", "aes256ctr"})
  void update_aesCtr_isWhatMinaSends(BuiltinCiphers mina) throws Exception {
    var random = new Random(2);
    var key = new byte[mina.getKdfSize()];
    var iv = new byte[mina.getIVSize()];
    random.nextBytes(key);
    Arrays.fill(iv, (byte) 0xff); // the counter wraps in the first packet
    var theirs = mina.create();
    var sender = Ciphers.replaceIn(List.of(mina)).getFirst().create();
    var receiver = Ciphers.replaceIn(List.of(mina)).getFirst().create();
    theirs.init(Mode.Encrypt, key, iv);
    sender.init(Mode.Encrypt, key, iv);
    receiver.init(Mode.Decrypt, key, iv);
    for (var blocks = 1; blocks < 2200; blocks += blocks < 300 ? 1 : 97) {
      var plain = new byte[7 + 16 * blocks + 5];
      random.nextBytes(plain);
      var expected = plain.clone();
      var packet = plain.clone();
      theirs.update(expected, 7, 16 * blocks);
      sender.update(packet, 7, 16 * blocks);
      assertThat(packet).as("%s blocks", blocks).isEqualTo(expected);
      receiver.update(packet, 7, 16 * blocks);
      assertThat(packet).as("%s blocks", blocks).isEqualTo(plain);
    }
  }

  /** Bouncy Castle, which is there for key exchanges, has no intrinsics: 40 times the time. */
  @ParameterizedTest
  @ValueSource(strings = {"AES/GCM/NoPadding", "AES/CTR/NoPadding"})
  void cipherOfMina_withBouncyCastleThere_isTheJdks(String transformation) throws Exception {
    assertThat(SecurityUtils.isBouncyCastleRegistered()).isTrue();
    assertThat(SecurityUtils.getCipher(transformation).getProvider().getName()).isEqualTo("SunJCE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HmacSHA256", "HmacSHA512"})
  void macOfMina_withBouncyCastleThere_isTheJdks(String algorithm) throws Exception {
    assertThat(SecurityUtils.getMac(algorithm).getProvider().getName()).isEqualTo("SunJCE");
  }

  private static List<Integer> sizes(Cipher cipher) {
    return List.of(
        cipher.getKeySize(),
        cipher.getKdfSize(),
        cipher.getIVSize(),
        cipher.getCipherBlockSize(),
        cipher.getAuthenticationTagSize());
  }
}
