package dev.gatehouse.frontdoor.hostkeys;

import dev.gatehouse.cluster.AlgorithmProfile;
import dev.gatehouse.console.HostKeyring;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.FileProblem;
import dev.gatehouse.file.SharedFolder;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.relay.HostKeyProofs;
import java.io.IOException;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.keyprovider.HostKeyCertificateProvider;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host keys: two kinds, so that there is one for every client. They are made at the first
 * start; RSA takes seconds, so where clients can do without, it is made beside the first logins and
 * offered from then on.
 *
 * <p>What is used is never ahead of the disk, nor of what the other gateways find, and changes are
 * made one after the other; a {@link Ring} is read without a lock.
 */
public final class HostKeys
    implements KeyPairProvider, HostKeyCertificateProvider, HostKeyring, HostKeyProofs {
  private static final Logger LOG = LoggerFactory.getLogger(HostKeys.class);
  private static final AttributeKey<Ring> RING = new AttributeKey<>();

  private final KeyFolder folder;
  private final SharedFolder shared;
  private final List<HostKeyType> types;
  private final InstantSource clock;
  private volatile Ring ring = new Ring(List.of(), List.of(), List.of());

  /**
   * @param shared of the same path as {@code folder}
   */
  HostKeys(KeyFolder folder, SharedFolder shared, AlgorithmProfile profile, InstantSource clock) {
    this.folder = folder;
    this.shared = shared;
    this.types = HostKeyType.of(profile);
    this.clock = clock;
    finishRetirement();
    for (var type : types) {
      // A site that needs fips wants all of it from the first connection on.
      if (type == HostKeyType.RSA && profile != AlgorithmProfile.FIPS && !folder.hasCurrent(type)) {
        Thread.ofPlatform().daemon().name("rsa-host-key").start(this::makeRsa);
      } else {
        makeIfAbsent(type);
      }
    }
    reload();
  }

  /**
   * Reads the keys of a profile from a folder or makes them there.
   *
   * @throws UserError if a file there is no usable key or cannot be written
   * @throws FailureException if one is missing and the other gateways cannot be asked for it
   */
  public static HostKeys open(SharedFolder folder, AlgorithmProfile profile, InstantSource clock) {
    return new HostKeys(new KeyFolder(folder.path(), () -> {}), folder, profile, clock);
  }

  /**
   * Takes over what another gateway has done to the keys. One that cannot be asked changes nothing.
   */
  public synchronized void follow() {
    try {
      if (shared.refresh()) {
        reload();
        LOG.info("[host-keys-followed] now: {}, next: {}", ring.current(), ring.next());
      }
    } catch (IOException e) {
      LOG.debug("the other gateways' host keys are not known now", e);
    } catch (UserError e) {
      LOG.error("[host-key-broken] what another gateway has now is of no use: {}", e.text());
    }
  }

  /** The key that a known_hosts file should hold. */
  public SshPublicKey preferred() {
    return ring.current().getFirst().publicKey();
  }

  @Override
  public Iterable<KeyPair> loadKeys(@Nullable SessionContext session) {
    return ring(session).current().stream().map(OwnKey::pair).toList();
  }

  @Override
  public Iterable<OpenSshCertificate> loadCertificates(@Nullable SessionContext session) {
    var now = clock.instant();
    return ring(session).certificates().stream()
        .filter(certificate -> HostCertificates.isValid(certificate, now))
        .toList();
  }

  @Override
  public List<HostKey> all() {
    var now = ring;
    return Stream.concat(
            now.current().stream().map(key -> key.as(State.CURRENT)),
            now.next().stream().map(key -> key.as(State.NEXT)))
        .toList();
  }

  @Override
  public synchronized void rotate() {
    change(() -> ring.current().forEach(key -> folder.next(key.type())));
    LOG.info("[host-keys-rotated] next: {}", ring.next());
  }

  @Override
  public synchronized void retire() {
    follow();
    if (ring.next().isEmpty() && !folder.isRetiring()) {
      throw UserError.usage("there is no next host key; make one first, and let clients learn it");
    }
    var before = ring.current();
    change(
        () -> {
          var next = types.stream().filter(folder::hasNext).toList();
          if (!next.isEmpty()) {
            folder.retire(next);
          }
        });
    LOG.info("[host-keys-retired] now: {}, before: {}", ring.current(), before);
  }

  @Override
  public List<SshPublicKey> announced() {
    return ring.all().map(OwnKey::publicKey).toList();
  }

  @Override
  public Optional<byte[]> prove(byte[] blob, Session session) {
    return ring.all()
        .filter(key -> Arrays.equals(key.publicKey().blob(), blob))
        .findFirst()
        .map(key -> HostKeyProof.sign(key, session));
  }

  /**
   * What a connection began with, it keeps: many clients end a connection whose host key has
   * changed when keys are exchanged anew.
   */
  private Ring ring(@Nullable SessionContext session) {
    return session == null ? ring : session.computeAttributeIfAbsent(RING, _ -> ring);
  }

  private void finishRetirement() {
    try {
      folder.finishRetirement();
    } catch (IOException e) {
      throw new UserError(
          ExitCode.CANTCREAT,
          "the retirement of host keys cannot be finished: " + FileProblem.of(e));
    }
  }

  /** One that fails has changed nothing for clients; the next change finishes what it began. */
  private void change(SharedFolder.Change change) {
    try {
      shared.change(
          () -> {
            folder.finishRetirement();
            change.run();
          });
      reload();
    } catch (IOException e) {
      throw notKept(FileProblem.of(e), e);
    } catch (UserError e) {
      throw notKept(e.text(), e);
    }
  }

  private static FailureException notKept(String why, Exception cause) {
    return new FailureException(
        new Failure.Unavailable("host-keys-not-saved", "the host keys could not be saved: " + why),
        cause);
  }

  private synchronized void reload() {
    var current = types.stream().filter(folder::hasCurrent).map(folder::current).toList();
    if (current.size() < ring.current().size()) {
      throw new UserError(ExitCode.NOINPUT, "the files of current ones are gone");
    }
    ring =
        new Ring(
            current,
            types.stream().filter(folder::hasNext).map(folder::next).toList(),
            current.stream().flatMap(key -> certificate(key).stream()).toList());
  }

  private Optional<OpenSshCertificate> certificate(OwnKey key) {
    return HostCertificates.read(folder.certificate(key.type()), key, clock.instant());
  }

  private void makeIfAbsent(HostKeyType type) {
    if (folder.hasCurrent(type)) {
      return;
    }
    try {
      shared.change(() -> folder.current(type));
    } catch (IOException e) {
      throw notKept(FileProblem.of(e), e);
    }
  }

  private void makeRsa() {
    try {
      makeIfAbsent(HostKeyType.RSA);
      reload();
    } catch (RuntimeException e) {
      LOG.error("[host-key-broken] there will be no RSA host key", e);
    }
  }
}
