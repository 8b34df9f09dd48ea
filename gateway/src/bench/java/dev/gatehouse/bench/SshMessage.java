package dev.gatehouse.bench;

/** Numbers of messages (RFC 4250, 4.1.2). */
final class SshMessage {
  static final int DISCONNECT = 1;
  static final int IGNORE = 2;
  static final int DEBUG = 4;
  static final int SERVICE_REQUEST = 5;
  static final int SERVICE_ACCEPT = 6;
  static final int EXT_INFO = 7;
  static final int KEXINIT = 20;
  static final int NEWKEYS = 21;
  static final int KEX_ECDH_INIT = 30;
  static final int KEX_ECDH_REPLY = 31;
  static final int USERAUTH_REQUEST = 50;
  static final int USERAUTH_FAILURE = 51;
  static final int USERAUTH_SUCCESS = 52;
  static final int USERAUTH_PK_OK = 60;
  static final int GLOBAL_REQUEST = 80;
  static final int REQUEST_FAILURE = 82;
  static final int CHANNEL_OPEN = 90;
  static final int CHANNEL_OPEN_CONFIRMATION = 91;
  static final int CHANNEL_OPEN_FAILURE = 92;
  static final int CHANNEL_WINDOW_ADJUST = 93;
  static final int CHANNEL_DATA = 94;
  static final int CHANNEL_CLOSE = 97;
  static final int CHANNEL_REQUEST = 98;
  static final int CHANNEL_SUCCESS = 99;
  static final int CHANNEL_FAILURE = 100;

  private SshMessage() {}
}
