package dev.gatehouse.failure;

/** Exit codes of {@code sysexits.h}, as far as Gatehouse uses them. */
public enum ExitCode {
  OK(0),
  /** The command was used wrongly. */
  USAGE(64),
  /** The input data was wrong. */
  DATAERR(65),
  /** An input file does not exist or cannot be read. */
  NOINPUT(66),
  /** The person does not exist. */
  NOUSER(67),
  /** A service is not there now. */
  UNAVAILABLE(69),
  /** Our own mistake. */
  SOFTWARE(70),
  /** The operating system refused. */
  OSERR(71),
  /** An output file or folder cannot be made. */
  CANTCREAT(73),
  IOERR(74),
  /** Try again later. */
  TEMPFAIL(75),
  /** Not allowed. */
  NOPERM(77),
  /** The configuration is wrong. */
  CONFIG(78);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  /** The process or channel exit status. */
  public int status() {
    return status;
  }
}
