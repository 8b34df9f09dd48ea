package dev.gatehouse.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

final class ChaChaBlockTest {
  /** RFC 8439, A.1, test vectors 1 and 5. */
  @Test
  void firstWord_vectorsOfRfc_isTheirs() {
    var block = new ChaChaBlock(new byte[32], 0);
    assertThat(block.firstWord(new byte[8], 0)).isEqualTo(0xade0b876);
    assertThat(block.firstWord(new byte[] {0, 0, 0, 0, 0, 0, 0, 2}, 0)).isEqualTo(0x374dc6c2);
  }

  @Test
  void firstWord_anyKeyAndNonce_isThatOfTheJdk() throws Exception {
    var random = new Random(3);
    var key = new byte[40];
    var nonce = new byte[12];
    for (var i = 0; i < 200; i++) {
      random.nextBytes(key);
      random.nextBytes(nonce);
      nonce[0] = nonce[1] = nonce[2] = nonce[3] = 0;
      var cipher = Cipher.getInstance("ChaCha20");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, 8, 32, "ChaCha20"),
          new ChaCha20ParameterSpec(nonce, 0));
      var expected = cipher.doFinal(new byte[4]);
      var word = new ChaChaBlock(key, 8).firstWord(nonce, 4);
      assertThat(word).isEqualTo(ByteBuffer.wrap(expected).order(ByteOrder.LITTLE_ENDIAN).getInt());
    }
  }
}
