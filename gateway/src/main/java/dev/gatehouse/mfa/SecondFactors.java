package dev.gatehouse.mfa;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.DurableFile;
import dev.gatehouse.file.FileProblem;
import dev.gatehouse.file.SharedFolder;
import dev.gatehouse.name.Username;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everybody's second factors, which all gateways have alike: one file a person, in one of several
 * folders. What a code does to it is read, decided and written as one, so a code that two gateways
 * are shown at the same moment is right at one of them only. All methods may block on the network,
 * and throw {@link FailureException} if the other gateways cannot be asked: then no code is right.
 */
public final class SecondFactors {
  private static final Logger LOG = LoggerFactory.getLogger(SecondFactors.class);

  /**
   * What is told of somebody's.
   *
   * @param recoveryCodes how many are left
   */
  public record Status(Instant since, int recoveryCodes, Optional<Instant> lockedUntil) {}

  /** What is to become of somebody's file: empty means that it goes. */
  private interface Edit {
    Optional<Enrolment> of(Optional<Enrolment> before);
  }

  private final List<SharedFolder> folders;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param folders over which people are spread by their names: always the same number of them, in
   *     the same order
   */
  public SecondFactors(List<SharedFolder> folders, InstantSource clock) {
    this.folders = List.copyOf(folders);
    this.clock = clock;
  }

  /** Empty for who has none. */
  public Optional<Status> status(Username person) {
    var folder = folder(person);
    try {
      synchronized (folder) {
        var _ = folder.refresh();
        return read(file(folder, person)).map(this::status);
      }
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  /** Looks at a code, and uses it up if it is right. */
  public CodeCheck check(Username person, String typed) {
    var answer = new AtomicReference<CodeCheck>(new CodeCheck.NotEnrolled());
    change(
        person,
        before -> {
          var judged = before.map(b -> b.judge(typed, clock.instant()));
          answer.set(judged.map(Enrolment.Judged::answer).orElseGet(CodeCheck.NotEnrolled::new));
          return judged.map(Enrolment.Judged::after);
        });
    log(person, answer.get());
    return answer.get();
  }

  /** One that nobody has yet. */
  public TotpSecret newSecret() {
    return TotpSecret.random(random);
  }

  /** Whether a phone that has the secret shows this code now. */
  public boolean isShown(TotpSecret secret, String code) {
    return Enrolment.matchingStep(secret, code, clock.instant()) >= 0;
  }

  /**
   * Keeps a secret, once a phone has shown that it has it.
   *
   * @return the recovery codes, which nobody can read again
   * @throws UserError if the code is wrong, or the person has a second factor already
   */
  public List<String> enrol(Username person, TotpSecret secret, String code) {
    var now = clock.instant();
    var step = Enrolment.matchingStep(secret, code, now);
    if (step < 0) {
      throw new UserError(
          ExitCode.DATAERR,
          "the code is wrong, so nothing was changed; is the phone's clock right?");
    }
    var codes = RecoveryCodes.random(random);
    change(
        person,
        before -> {
          before.ifPresent(
              _ -> {
                throw new UserError(ExitCode.DATAERR, "there is a second factor already");
              });
          return Optional.of(Enrolment.begin(secret, now, step, hashes(codes)));
        });
    return codes;
  }

  /**
   * Puts new recovery codes in place of all that are left.
   *
   * @throws UserError if the person has no second factor
   */
  public List<String> renewRecoveryCodes(Username person) {
    var codes = RecoveryCodes.random(random);
    change(
        person,
        before -> Optional.of(before.orElseThrow(SecondFactors::none).withRecovery(hashes(codes))));
    return codes;
  }

  /** Takes it away; answers whether there was one. */
  public boolean remove(Username person) {
    var there = new AtomicReference<>(false);
    change(
        person,
        before -> {
          there.set(before.isPresent());
          return Optional.empty();
        });
    return there.get();
  }

  private static UserError none() {
    return new UserError(ExitCode.DATAERR, "there is no second factor");
  }

  private static List<String> hashes(List<String> codes) {
    return codes.stream().map(RecoveryCodes::hash).toList();
  }

  private Status status(Enrolment enrolment) {
    return new Status(
        enrolment.since(),
        enrolment.recovery().size(),
        Optional.of(enrolment.lockedUntil()).filter(until -> until.isAfter(clock.instant())));
  }

  private static void log(Username person, CodeCheck answer) {
    switch (answer) {
      case CodeCheck.Right(var recovery) when recovery ->
          LOG.info("[recovery-code-used] {}: one recovery code less", person);
      case CodeCheck.Right _ -> {}
      case CodeCheck.Wrong() -> LOG.info("[code-refused] {}: the code was wrong", person);
      case CodeCheck.Replayed() -> LOG.warn("[code-refused] {}: it was used before", person);
      case CodeCheck.Locked(var until) ->
          LOG.warn("[code-refused] {}: too many were wrong; none is taken until {}", person, until);
      case CodeCheck.NotEnrolled() -> LOG.info("[code-refused] {} has no second factor", person);
    }
  }

  // ---- the files ----

  /** The edit may run more than once, if another gateway was first. */
  private void change(Username person, Edit edit) {
    var folder = folder(person);
    var file = file(folder, person);
    try {
      // Where one gateway is alone, nothing else keeps two of its threads apart.
      synchronized (folder) {
        folder.change(() -> apply(edit, file));
      }
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private static void apply(Edit edit, Path file) throws IOException {
    var before = read(file);
    var after = edit.of(before);
    if (after.isEmpty()) {
      Files.deleteIfExists(file);
    } else if (!after.equals(before)) {
      new DurableFile(file).replace(EnrolmentText.of(after.get()).getBytes(US_ASCII));
    }
  }

  private static Optional<Enrolment> read(Path file) throws IOException {
    try {
      return Optional.of(EnrolmentText.parse(Files.readString(file, US_ASCII)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private SharedFolder folder(Username person) {
    return folders.get(Math.floorMod(person.value().hashCode(), folders.size()));
  }

  private static Path file(SharedFolder folder, Username person) {
    return folder.path().resolve(person.value());
  }

  private static FailureException unavailable(IOException e) {
    LOG.warn("[second-factor-unavailable] {}", FileProblem.of(e));
    return new FailureException(
        new Failure.Unavailable(
            "second-factor-unavailable",
            "second factors cannot be looked up now; try again in a moment"),
        e);
  }
}
