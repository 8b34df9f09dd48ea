package dev.gatehouse.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.IntStream;
import javax.crypto.AEADBadTagException;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.cipher.Cipher.Mode;
import org.junit.jupiter.api.Test;

/** MINA's own cipher is the oracle; real OpenSSH is the bulk tests' matter. */
final class ChaChaPolyCipherTest {
  private static final int TAG = 16;

  /** Before the packet and behind it, in the same array: nothing there may change. */
  private static final int MARGIN = 9;

  private final Random random = new Random(5);
  private final byte[] key = bytes(64);

  @Test
  void update_everySize_isWhatMinaSends() throws Exception {
    var ours = of(new ChaChaPolyCipher(), Mode.Encrypt, 0);
    var theirs = of(BuiltinCiphers.cc20p1305_openssh.create(), Mode.Encrypt, 0);
    for (var size : sizes()) {
      var packet = packet(size);
      var copy = packet.clone();
      ours.updateWithAAD(packet, MARGIN, 4, size);
      theirs.updateWithAAD(copy, MARGIN, 4, size);
      assertThat(packet).as("%s octets", size).isEqualTo(copy);
    }
  }

  @Test
  void update_packetsOfMina_areDecrypted() throws Exception {
    var ours = of(new ChaChaPolyCipher(), Mode.Decrypt, 0);
    var theirs = of(BuiltinCiphers.cc20p1305_openssh.create(), Mode.Encrypt, 0);
    for (var size : sizes()) {
      var packet = packet(size);
      var sent = packet.clone();
      theirs.updateWithAAD(sent, MARGIN, 4, size);
      System.arraycopy(sent, MARGIN + 4 + size, packet, MARGIN + 4 + size, TAG);
      ours.updateWithAAD(sent, MARGIN, 4, size);
      assertThat(sent).as("%s octets", size).isEqualTo(packet);
    }
  }

  /** A session asks for the length alone, long before the rest of the packet is there. */
  @Test
  void update_lengthAndPayloadApart_isTheSame() throws Exception {
    var theirs = of(BuiltinCiphers.cc20p1305_openssh.create(), Mode.Encrypt, 0);
    var ours = of(new ChaChaPolyCipher(), Mode.Decrypt, 0);
    for (var size : new int[] {0, 8, 11, 12, 13, 16, 400, 1000}) {
      var packet = packet(size);
      var sent = packet.clone();
      theirs.updateWithAAD(sent, MARGIN, 4, size);
      var length = new byte[4];
      System.arraycopy(sent, MARGIN, length, 0, 4);
      ours.updateAAD(length, 0, 4);
      assertThat(length).isEqualTo(ByteBuffer.allocate(4).putInt(size).array());
      ours.update(sent, MARGIN + 4, size);
      assertThat(sent).as("%s octets", size).startsWith(0, 0, 0, 0, 0, 0, 0, 0, 0);
      assertThat(ByteBuffer.wrap(sent, MARGIN + 4, size))
          .as("%s octets", size)
          .isEqualTo(ByteBuffer.wrap(packet, MARGIN + 4, size));
    }
  }

  @Test
  void update_anyOctetChanged_isRefused() throws Exception {
    for (var size : new int[] {8, 32, 312}) {
      var sent = packet(size);
      of(new ChaChaPolyCipher(), Mode.Encrypt, 0).updateWithAAD(sent, MARGIN, 4, size);
      for (var i = MARGIN; i < MARGIN + 4 + size + TAG; i++) {
        var changed = sent.clone();
        changed[i] ^= (byte) (1 << random.nextInt(8));
        var cipher = of(new ChaChaPolyCipher(), Mode.Decrypt, 0);
        assertThatThrownBy(() -> cipher.updateWithAAD(changed, MARGIN, 4, size))
            .as("octet %s of %s", i - MARGIN, size)
            .isInstanceOf(AEADBadTagException.class);
      }
    }
  }

  @Test
  void update_packetOfAnotherNumber_isRefused() throws Exception {
    var sent = packet(32);
    of(new ChaChaPolyCipher(), Mode.Encrypt, 4).updateWithAAD(sent, MARGIN, 4, 32);
    var cipher = of(new ChaChaPolyCipher(), Mode.Decrypt, 5);
    assertThatThrownBy(() -> cipher.updateWithAAD(sent, MARGIN, 4, 32))
        .isInstanceOf(AEADBadTagException.class);
  }

  /**
   * A key is used from where the last one ended, and the number starts again after 2^32 packets.
   */
  @Test
  void update_numberWraps_isWhatMinaSends() throws Exception {
    var ours = of(new ChaChaPolyCipher(), Mode.Encrypt, 0xfffffffeL);
    var theirs = of(BuiltinCiphers.cc20p1305_openssh.create(), Mode.Encrypt, 0xfffffffeL);
    for (var i = 0; i < 4; i++) {
      var packet = packet(40);
      var copy = packet.clone();
      ours.updateWithAAD(packet, MARGIN, 4, 40);
      theirs.updateWithAAD(copy, MARGIN, 4, 40);
      assertThat(packet).as("packet %s", i).isEqualTo(copy);
    }
  }

  @Test
  void init_numberOver32Bits_isRefused() {
    var cipher = new ChaChaPolyCipher();
    var iv = ByteBuffer.allocate(8).putLong(1L << 32).array();
    assertThatThrownBy(() -> cipher.init(Mode.Encrypt, key, iv))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void update_withoutKey_isRefused() {
    assertThatThrownBy(() -> new ChaChaPolyCipher().updateWithAAD(packet(8), 0, 4, 8))
        .isInstanceOf(IllegalStateException.class);
  }

  private Cipher of(Cipher cipher, Mode mode, long sequence) throws Exception {
    cipher.init(mode, key, ByteBuffer.allocate(8).putLong(sequence).array());
    return cipher;
  }

  private int[] sizes() {
    return IntStream.concat(
            IntStream.rangeClosed(0, 330),
            IntStream.concat(
                IntStream.range(0, 200).map(i -> random.nextInt(32768)), IntStream.of(32768)))
        .toArray();
  }

  /** Margin, length, payload, room for the tag, margin. */
  private byte[] packet(int size) {
    return ByteBuffer.allocate(MARGIN + 4 + size + TAG + MARGIN)
        .putInt(MARGIN, size)
        .put(MARGIN + 4, bytes(size))
        .array();
  }

  private byte[] bytes(int size) {
    var bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }
}
