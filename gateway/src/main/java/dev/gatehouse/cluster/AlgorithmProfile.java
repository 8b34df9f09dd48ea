package dev.gatehouse.cluster;

/** What the front door offers in a key exchange. */
public enum AlgorithmProfile {
  /** Nothing with a known weakness. */
  MODERN,
  /**
   * {@link #MODERN}, and what old clients need: MACs without encrypt-then-MAC (libssh2 1.10) and
   * NIST's curves (Ruby's net-ssh 7.0).
   */
  COMPATIBLE,
  /** Only what FIPS 140-3 approves. */
  FIPS
}
