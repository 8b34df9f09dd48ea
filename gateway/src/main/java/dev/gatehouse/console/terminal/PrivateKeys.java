package dev.gatehouse.console.terminal;

import dev.gatehouse.failure.UserError;

/** Private keys that somebody gives by mistake: they are neither kept nor shown. */
public final class PrivateKeys {
  private PrivateKeys() {}

  /** Whether a private key in PEM (RFC 7468) or PuTTY's form begins there. */
  public static boolean isIn(String text) {
    return text.contains("PRIVATE KEY") || text.contains("PuTTY-User-Key-File");
  }

  /** Whether that is its end. */
  static boolean isEndIn(String text) {
    return text.contains("-----END") || text.contains("Private-MAC");
  }

  /**
   * @throws UserError if there is one; nothing of it is in the message
   */
  public static void refuse(String text) {
    if (isIn(text)) {
      throw UserError.usage(
          "this is a private key, which nobody else should ever see; "
              + (text.contains("PuTTY")
                  ? "'puttygen FILE.ppk -L' prints the public one, and PuTTYgen shows it as 'Public"
                      + " key for pasting'"
                  : "the public one is in the file that ends in .pub, or 'ssh-keygen -y -f FILE'"
                      + " prints it"));
    }
  }
}
