package dev.gatehouse.bench;

import com.sun.management.ThreadMXBean;
import dev.gatehouse.transport.Ciphers;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.cipher.Cipher.Mode;

/**
 * How fast one thread encrypts and decrypts packets, by its own CPU time: MINA's ciphers and ours,
 * in turns. {@code openssl speed -evp aes-128-gcm -bytes 32768} tells what the processor can do.
 */
final class CipherSpeed {
  static final String NAME = "ciphers";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A full packet of channel data: 32 KiB, its header, and padding. */
  private static final int PAYLOAD = 32 * 1024 + 32;

  private static final int LENGTH_BYTES = 4;
  private static final int TAG = 16;
  private static final int PACKETS = 32;
  private static final int WARM_UP = 250;
  private static final int ROUNDS = 150;

  private final Cipher sender;
  private final Cipher receiver;
  private final List<byte[]> packets = new ArrayList<>();
  private long encrypting = Long.MAX_VALUE;
  private long decrypting = Long.MAX_VALUE;
  private long allocated;

  private CipherSpeed(NamedFactory<Cipher> factory) throws Exception {
    sender = keyed(factory, Mode.Encrypt);
    receiver = keyed(factory, Mode.Decrypt);
    for (var i = 0; i < PACKETS; i++) {
      packets.add(ByteBuffer.allocate(LENGTH_BYTES + PAYLOAD + TAG).putInt(PAYLOAD).array());
    }
  }

  /** A table for the page. */
  static List<String> lines() throws Exception {
    var lines = new ArrayList<String>();
    lines.add("| cipher | MINA, encrypt / decrypt | ours | bytes allocated a packet |");
    lines.add("|---|---|---|---|");
    for (var mina :
        List.of(
            BuiltinCiphers.aes128gcm,
            BuiltinCiphers.aes256gcm,
            BuiltinCiphers.cc20p1305_openssh,
            BuiltinCiphers.aes128ctr,
            BuiltinCiphers.aes256ctr)) {
      lines.add(compare(mina));
    }
    return lines;
  }

  private static String compare(NamedFactory<Cipher> mina) throws Exception {
    var ours = Ciphers.replaceIn(List.of(mina)).getFirst();
    var stock = new CipherSpeed(mina);
    if (ours.equals(mina)) {
      for (var i = 0; i < WARM_UP + ROUNDS; i++) {
        stock.round(i >= WARM_UP);
      }
      return "| %s | %s | the same | %d |".formatted(mina.getName(), stock, stock.allocated);
    }
    var own = new CipherSpeed(ours);
    for (var i = 0; i < WARM_UP + ROUNDS; i++) {
      stock.round(i >= WARM_UP);
      own.round(i >= WARM_UP);
    }
    return "| %s | %s | %s (×%.1f / ×%.1f) | %d, ours %d |"
        .formatted(
            mina.getName(),
            stock,
            own,
            (double) stock.encrypting / own.encrypting,
            (double) stock.decrypting / own.decrypting,
            stock.allocated,
            own.allocated);
  }

  private static Cipher keyed(NamedFactory<Cipher> factory, Mode mode) throws Exception {
    var cipher = factory.create();
    cipher.init(mode, new byte[cipher.getKdfSize()], new byte[cipher.getIVSize()]);
    return cipher;
  }

  /** Encrypts the packets, then decrypts them; the fastest round counts. */
  private void round(boolean counts) throws Exception {
    var before = THREADS.getCurrentThreadAllocatedBytes();
    var encrypt = cpu(sender);
    var decrypt = cpu(receiver);
    if (counts) {
      encrypting = Math.min(encrypting, encrypt);
      decrypting = Math.min(decrypting, decrypt);
      allocated = (THREADS.getCurrentThreadAllocatedBytes() - before) / (2 * PACKETS);
    }
  }

  private long cpu(Cipher cipher) throws Exception {
    var began = THREADS.getCurrentThreadCpuTime();
    for (var packet : packets) {
      if (cipher.getAuthenticationTagSize() > 0) {
        cipher.updateWithAAD(packet, 0, LENGTH_BYTES, PAYLOAD);
      } else {
        cipher.update(packet, LENGTH_BYTES, PAYLOAD);
      }
    }
    return THREADS.getCurrentThreadCpuTime() - began;
  }

  @Override
  public String toString() {
    return "%d / %d MB/s".formatted(speed(encrypting), speed(decrypting));
  }

  private static long speed(long nanos) {
    return 1000L * PACKETS * PAYLOAD / nanos;
  }
}
