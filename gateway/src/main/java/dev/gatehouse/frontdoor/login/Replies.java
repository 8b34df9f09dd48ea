package dev.gatehouse.frontdoor.login;

import java.io.IOException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;

/** Writes the messages of RFC 4252 and RFC 4256 that a server sends. */
record Replies(Session session) {
  private static final int FIELDS = 64;

  /** RFC 4252, 5.4. */
  void banner(String text) throws IOException {
    var out = session.createBuffer(SshConstants.SSH_MSG_USERAUTH_BANNER, FIELDS + text.length());
    out.putString(text.endsWith("\n") ? text : text + "\n");
    out.putString("");
    session.writePacket(out);
  }

  /**
   * @param canContinue names of methods, separated by commas
   * @param partial whether what was offered was right, and more is wanted
   */
  void failure(String canContinue, boolean partial) throws IOException {
    var out = session.createBuffer(SshConstants.SSH_MSG_USERAUTH_FAILURE, FIELDS);
    out.putString(canContinue);
    out.putBoolean(partial);
    session.writePacket(out);
  }

  void publicKeyOk(String algorithm, byte[] blob) throws IOException {
    var out = session.createBuffer(SshConstants.SSH_MSG_USERAUTH_PK_OK, FIELDS + blob.length);
    out.putString(algorithm);
    out.putBytes(blob);
    session.writePacket(out);
  }

  /** RFC 4256, 3.2: one prompt, and what is typed is not shown. */
  void prompt(String question) throws IOException {
    var out = session.createBuffer(SshConstants.SSH_MSG_USERAUTH_INFO_REQUEST, FIELDS);
    out.putString("");
    out.putString("");
    out.putString("");
    out.putUInt(1);
    out.putString(question);
    out.putBoolean(false);
    session.writePacket(out);
  }
}
