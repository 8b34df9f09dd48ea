package dev.gatehouse.frontdoor.hostkeys;

import dev.gatehouse.cluster.AlgorithmProfile;
import dev.gatehouse.key.KeyFile;
import java.security.KeyPair;
import java.util.List;

/** A kind of host key, in the order in which they are announced. Files are named as OpenSSH's. */
enum HostKeyType {
  ED25519("ssh-ed25519", "ssh_host_ed25519_key"),
  ECDSA("ecdsa-sha2-nistp384", "ssh_host_ecdsa_key"),
  RSA("ssh-rsa", "ssh_host_rsa_key");

  private final String keyType;
  private final String file;

  HostKeyType(String keyType, String file) {
    this.keyType = keyType;
    this.file = file;
  }

  /**
   * What a profile has. Signing with RSA-4096 takes many times as long as with the others, so each
   * profile has one of those for the clients of today.
   */
  static List<HostKeyType> of(AlgorithmProfile profile) {
    return switch (profile) {
      case MODERN, COMPATIBLE -> List.of(ED25519, RSA);
      case FIPS -> List.of(ECDSA, RSA);
    };
  }

  /** The name inside the wire form (RFC 4253, 6.6). */
  String keyType() {
    return keyType;
  }

  String file() {
    return file;
  }

  KeyPair generate() {
    return switch (this) {
      case ED25519 -> KeyFile.generateEd25519();
      case ECDSA -> KeyFile.generateEcdsaP384();
      case RSA -> KeyFile.generateRsa4096();
    };
  }
}
