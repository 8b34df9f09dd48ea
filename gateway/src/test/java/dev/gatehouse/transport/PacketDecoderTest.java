package dev.gatehouse.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.util.buffer.BufferException;
import org.apache.sshd.common.util.buffer.BufferUtils;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packets of every protection that the front door offers, cut and joined as a network does. */
final class PacketDecoderTest {
  private static final int PACKETS = 200;

  private final Random random = new Random(4253);

  /** What protects a packet. */
  record Protection(@Nullable BuiltinCiphers cipher, @Nullable BuiltinMacs mac) {
    boolean isApart() {
      return cipher == null || cipher.getAuthenticationTagSize() > 0 || isEncryptThenMac();
    }

    boolean isEncryptThenMac() {
      return mac != null && mac.isEncryptThenMac();
    }

    int block() {
      return cipher == null ? 8 : Math.max(8, cipher.getCipherBlockSize());
    }

    @Nullable Cipher start(Cipher.Mode mode) throws Exception {
      if (cipher == null) {
        return null;
      }
      var made = cipher.create();
      made.init(mode, new byte[cipher.getKdfSize()], new byte[cipher.getIVSize()]);
      return made;
    }

    @Nullable Mac startMac() throws Exception {
      if (mac == null) {
        return null;
      }
      var made = mac.create();
      made.init(new byte[made.getBlockSize()]);
      return made;
    }
  }

  static Stream<Protection> protections() {
    return Stream.of(
        new Protection(null, null),
        new Protection(BuiltinCiphers.aes128gcm, null),
        new Protection(BuiltinCiphers.aes256gcm, null),
        new Protection(BuiltinCiphers.cc20p1305_openssh, null),
        new Protection(BuiltinCiphers.aes256ctr, BuiltinMacs.hmacsha512etm),
        new Protection(BuiltinCiphers.aes128ctr, BuiltinMacs.hmacsha256etm),
        new Protection(BuiltinCiphers.aes256ctr, BuiltinMacs.hmacsha256));
  }

  @ParameterizedTest
  @MethodSource("protections")
  void packets_inAnyPieces_comeWhole(Protection protection) throws Exception {
    var sent = payloads();
    var stream = encode(protection, sent);
    var client = new Client(protection);
    for (var at = 0; at < stream.length; ) {
      var piece = Math.min(1 + random.nextInt(at % 3 == 0 ? 20 : 100_000), stream.length - at);
      client.receive(stream, at, piece);
      at += piece;
    }
    assertThat(client.received).containsExactlyElementsOf(sent.stream().map(this::text).toList());
  }

  @ParameterizedTest
  @MethodSource("protections")
  void packets_thatAreKept_stayAsTheyAre(Protection protection) throws Exception {
    var sent = payloads();
    var client = new Client(protection);
    client.keeps = true;
    var stream = encode(protection, sent);
    client.receive(stream, 0, stream.length);
    assertThat(client.kept).isNotEmpty();
    client.kept.forEach(
        (packet, text) -> assertThat(text(packet.getCompactData())).isEqualTo(text));
  }

  @ParameterizedTest
  @MethodSource("protections")
  void packet_withAnyBitChanged_isRefused(Protection protection) throws Exception {
    if (protection.cipher() == null) {
      return; // nothing protects it
    }
    var stream = encode(protection, List.of(new byte[100]));
    for (var at = 0; at < stream.length; at++) {
      var changed = stream.clone();
      changed[at] ^= (byte) (1 << random.nextInt(8));
      var client = new Client(protection);
      try {
        client.receive(changed, 0, changed.length);
      } catch (Exception refused) {
        // the length is another one, or the tag is wrong
      }
      assertThat(client.received).as("byte %d", at).isEmpty();
    }
  }

  @Test
  void length_ofNonsense_isAProtocolError() {
    for (var length : List.of(0L, 4L, 262_145L, 0x80000000L, 0xffffffffL)) {
      var bytes = new byte[64];
      BufferUtils.putUInt(length, bytes, 0, 4);
      assertThatThrownBy(() -> new Client(new Protection(null, null)).receive(bytes, 0, 64))
          .isInstanceOfSatisfying(
              SshException.class,
              e ->
                  assertThat(e.getDisconnectCode())
                      .isEqualTo(SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR))
          .hasMessageContaining(Long.toString(length));
    }
  }

  @Test
  void padding_beyondThePacket_isAProtocolError() {
    var bytes = new byte[16];
    bytes[3] = 12;
    bytes[4] = 12;
    assertThatThrownBy(() -> new Client(new Protection(null, null)).receive(bytes, 0, 16))
        .isInstanceOf(SshException.class)
        .hasMessageContaining("padding of 12 bytes in a packet of 12");
  }

  @Test
  void packet_thatIsAllPadding_hasNothingToRead() {
    var bytes = new byte[16];
    bytes[3] = 12;
    bytes[4] = 11;
    var client = new Client(new Protection(null, null));
    client.reads = true;
    assertThatThrownBy(() -> client.receive(bytes, 0, 16)).isInstanceOf(BufferException.class);
  }

  private List<byte[]> payloads() {
    var payloads = new ArrayList<byte[]>();
    for (var i = 0; i < PACKETS; i++) {
      var payload = new byte[i < 70 ? 1 + i : 1 + random.nextInt(i % 10 == 0 ? 200_000 : 33_000)];
      random.nextBytes(payload);
      payloads.add(payload);
    }
    return payloads;
  }

  /** As RFC 4253, 6, and the descriptions of the modes say. */
  private byte[] encode(Protection protection, List<byte[]> payloads) throws Exception {
    var cipher = protection.start(Cipher.Mode.Encrypt);
    var mac = protection.startMac();
    var out = new ByteArrayOutputStream();
    for (var i = 0; i < payloads.size(); i++) {
      out.writeBytes(encode(protection, cipher, mac, i, payloads.get(i)));
    }
    return out.toByteArray();
  }

  private static byte[] encode(
      Protection protection,
      @Nullable Cipher cipher,
      @Nullable Mac mac,
      int sequence,
      byte[] payload)
      throws Exception {
    var counted = 1 + payload.length + (protection.isApart() ? 0 : 4);
    var padding = protection.block() - counted % protection.block();
    padding += padding < 4 ? protection.block() : 0;
    var length = 1 + payload.length + padding;
    var tag = cipher == null ? 0 : cipher.getAuthenticationTagSize();
    var packet = new byte[4 + length + tag + (mac == null ? 0 : mac.getBlockSize())];
    BufferUtils.putUInt(length, packet, 0, 4);
    packet[4] = (byte) padding;
    System.arraycopy(payload, 0, packet, 5, payload.length);
    if (tag > 0) {
      cipher.updateWithAAD(packet, 0, 4, length);
    } else if (protection.isEncryptThenMac()) {
      cipher.update(packet, 4, length);
      authenticate(mac, sequence, packet, length);
    } else if (cipher != null) {
      authenticate(mac, sequence, packet, length);
      cipher.update(packet, 0, 4 + length);
    }
    return packet;
  }

  private static void authenticate(Mac mac, int sequence, byte[] packet, int length)
      throws Exception {
    mac.updateUInt(sequence);
    mac.update(packet, 0, 4 + length);
    mac.doFinal(packet, 4 + length);
  }

  private String text(byte[] payload) {
    return BufferUtils.toHex(payload);
  }

  /** Notes what it receives. */
  private final class Client implements PacketDecoder.Connection {
    private final PacketDecoder decoder = new PacketDecoder();
    private final @Nullable Cipher cipher;
    private final @Nullable Mac mac;
    private final List<String> received = new ArrayList<>();
    private final Map<Packet, String> kept = new HashMap<>();
    private boolean keeps;
    private boolean reads;
    private long sequence;

    Client(Protection protection) {
      try {
        cipher = protection.start(Cipher.Mode.Decrypt);
        mac = protection.startMac();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    void receive(byte[] stream, int from, int length) throws Exception {
      decoder.decode(new ByteArrayBuffer(stream, from, length), this);
    }

    @Override
    public @Nullable Cipher cipher() {
      return cipher;
    }

    @Override
    public @Nullable Mac mac() {
      return mac;
    }

    @Override
    public long sequence() {
      return sequence;
    }

    @Override
    public void received(Packet packet, int blocks) {
      sequence++;
      if (reads) {
        var _ = packet.getUByte();
      }
      received.add(text(packet.getCompactData()));
      if (keeps && packet.keep()) {
        kept.put(packet, text(packet.getCompactData()));
      }
    }
  }
}
