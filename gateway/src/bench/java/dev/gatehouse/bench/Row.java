package dev.gatehouse.bench;

/** Something that is measured of each contender in turn. */
interface Row {
  String name();

  /** Such as {@code MB/s}. */
  String unit();

  /** Whether more is better. */
  boolean more();

  /** What the gateway's median is to be, as a part of the other's. */
  double goal();

  /** Measured against the target sshd itself, and not against a jump host before one. */
  default boolean isAgainstDirect() {
    return false;
  }

  /** How often each is measured. */
  default int rounds() {
    return 5;
  }

  /**
   * How often each runs before, without being counted: a gateway runs for weeks, and the JVM
   * compiles what it does often in the first seconds.
   */
  default int warmUps() {
    return 1;
  }

  /** What runs then. */
  default Row warmUp() {
    return this;
  }

  /** Measures once. */
  Sample run(Contender contender) throws Exception;

  /**
   * @param value in the row's unit
   * @param cpuPerGib seconds of CPU a GiB; NaN where no bytes are counted
   */
  record Sample(double value, double cpuPerGib) {
    static Sample of(double value) {
      return new Sample(value, Double.NaN);
    }
  }
}
