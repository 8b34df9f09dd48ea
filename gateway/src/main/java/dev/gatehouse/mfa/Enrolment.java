package dev.gatehouse.mfa;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * One person's second factor, as a value: a code makes the next one of it.
 *
 * @param lastStep of the last code that was right; it and those before are used up
 * @param recovery hashes of the recovery codes that are left
 * @param failures wrong codes since the last right one
 * @param lockedUntil no code is looked at before
 */
record Enrolment(
    TotpSecret secret,
    Instant since,
    long lastStep,
    List<String> recovery,
    int failures,
    Instant lockedUntil) {
  /** A phone's clock may be as wrong as that, in steps (RFC 6238, 5.2). */
  private static final int WINDOW = 1;

  /** So many wrong codes are a person's; those after them are slowed down. */
  private static final int FREE_FAILURES = 5;

  private static final Duration FIRST_LOCK = Duration.ofSeconds(30);
  private static final Duration LONGEST_LOCK = Duration.ofHours(1);
  private static final int MAX_DOUBLINGS = 7;
  private static final Pattern BLANKS = Pattern.compile("\\s");
  private static final Pattern CODE = Pattern.compile("[0-9]{%d}".formatted(TotpSecret.DIGITS));

  /** What a code makes of it. */
  record Judged(Enrolment after, CodeCheck answer) {}

  /** The code that confirms it is used up. */
  static Enrolment begin(TotpSecret secret, Instant now, long step, List<String> recovery) {
    return new Enrolment(secret, now, step, recovery, 0, Instant.EPOCH);
  }

  /** Whether a phone that has this secret shows this code now; answers its step, or -1. */
  static long matchingStep(TotpSecret secret, String typed, Instant now) {
    var code = BLANKS.matcher(typed).replaceAll("");
    var current = TotpSecret.stepAt(now);
    // All are computed, so that the time does not tell which it was.
    return LongStream.rangeClosed(current - WINDOW, current + WINDOW)
        .map(step -> equal(secret.code(step, TotpSecret.DIGITS), code) ? step : -1)
        .max()
        .orElseThrow();
  }

  Judged judge(String typed, Instant now) {
    if (now.isBefore(lockedUntil)) {
      return new Judged(this, new CodeCheck.Locked(lockedUntil));
    }
    return CODE.matcher(BLANKS.matcher(typed).replaceAll("")).matches()
        ? code(typed, now)
        : recoveryCode(typed, now);
  }

  private Judged code(String typed, Instant now) {
    var step = matchingStep(secret, typed, now);
    if (step < 0) {
      return wrong(now);
    }
    // Nobody guesses a code by one that was right, so it does not count as a guess.
    return step <= lastStep
        ? new Judged(this, new CodeCheck.Replayed())
        : new Judged(right(step, recovery), new CodeCheck.Right(false));
  }

  private Judged recoveryCode(String typed, Instant now) {
    var hash = RecoveryCodes.hash(typed);
    var left = recovery.stream().filter(Predicate.not(known -> equal(known, hash))).toList();
    return left.size() == recovery.size()
        ? wrong(now)
        : new Judged(right(lastStep, left), new CodeCheck.Right(true));
  }

  private Enrolment right(long step, List<String> left) {
    return new Enrolment(secret, since, step, left, 0, Instant.EPOCH);
  }

  private Judged wrong(Instant now) {
    var count = failures + 1;
    var until = count < FREE_FAILURES ? Instant.EPOCH : now.plus(lock(count - FREE_FAILURES));
    return new Judged(
        new Enrolment(secret, since, lastStep, recovery, count, until), new CodeCheck.Wrong());
  }

  private static Duration lock(int excess) {
    var lock = FIRST_LOCK.multipliedBy(1L << Math.min(excess, MAX_DOUBLINGS));
    return lock.compareTo(LONGEST_LOCK) > 0 ? LONGEST_LOCK : lock;
  }

  Enrolment withRecovery(List<String> hashes) {
    return new Enrolment(secret, since, lastStep, hashes, failures, lockedUntil);
  }

  /** Takes as long wherever they differ. */
  private static boolean equal(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(US_ASCII), other.getBytes(US_ASCII));
  }
}
