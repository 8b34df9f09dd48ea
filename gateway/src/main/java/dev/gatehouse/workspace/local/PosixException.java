package dev.gatehouse.workspace.local;

import java.io.IOException;

/** A call of the C library failed. */
final class PosixException extends IOException {
  static final int EINTR = 4;
  static final int EIO = 5;
  static final int EAGAIN = 11;

  private final int errno;

  PosixException(String call, int errno) {
    super(call + " failed with errno " + errno);
    this.errno = errno;
  }

  int errno() {
    return errno;
  }
}
