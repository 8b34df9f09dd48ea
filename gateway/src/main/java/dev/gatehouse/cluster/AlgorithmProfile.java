package dev.gatehouse.cluster;

/** What the front door offers in a key exchange. */
public enum AlgorithmProfile {
  /** Nothing with a known weakness. */
  MODERN,
  /** {@link #MODERN}, and MACs without encrypt-then-MAC for old clients such as libssh2 1.10. */
  COMPATIBLE,
  /** Only what FIPS 140-3 approves. */
  FIPS
}
