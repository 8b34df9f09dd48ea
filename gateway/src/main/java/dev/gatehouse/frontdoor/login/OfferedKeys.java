package dev.gatehouse.frontdoor.login;

import dev.gatehouse.cluster.LoginSettings;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.AuthorizedKey;
import dev.gatehouse.key.Certificate;
import dev.gatehouse.key.KeyPolicy;
import dev.gatehouse.key.RevocationList;
import dev.gatehouse.key.SignatureAlgorithms;
import dev.gatehouse.key.SignatureAlgorithms.Presence;
import dev.gatehouse.key.SshPublicKey;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which keys and certificates would do for somebody. An answer here proves nothing: clients ask
 * about keys that they do not hold.
 *
 * @param revoked what is revoked now
 */
record OfferedKeys(
    LoginSettings settings, RevocationList revoked, SignatureAlgorithms algorithms, Instant now) {
  private static final Logger LOG = LoggerFactory.getLogger(OfferedKeys.class);

  /**
   * A key that would do.
   *
   * @param proof what its signature will have proven
   */
  record Offer(SshPublicKey key, Presence presence, Proof proof) {}

  /** Empty if it would not do. */
  Optional<Offer> find(Candidate candidate, PublicKeyRequest request) {
    try {
      var offer =
          Certificate.isType(request.algorithm())
              ? certificate(candidate, Certificate.parse(request.blob()))
              : key(candidate, SshPublicKey.of(request.blob()));
      return offer.filter(o -> algorithms.fits(request.signatureAlgorithm(), o.key.type()));
    } catch (UserError e) {
      return Optional.empty();
    }
  }

  private Optional<Offer> key(Candidate candidate, SshPublicKey key) {
    if (revoked.revokes(key)) {
      refused(candidate, key, "it is revoked");
      return Optional.empty();
    }
    if (candidate.unavailable()) {
      // Who holds a key, any key, is told that nobody can be asked; see LoginService.
      return KeyPolicy.objection(key).isEmpty()
          ? Optional.of(offer(AuthorizedKey.plain(key)))
          : Optional.empty();
    }
    return candidate.person().flatMap(p -> usable(p, key, candidate)).map(OfferedKeys::offer);
  }

  /** The first entry of this key whose conditions are met. */
  private Optional<AuthorizedKey> usable(Person person, SshPublicKey key, Candidate candidate) {
    var entries = person.keys().stream().filter(k -> k.key().equals(key)).toList();
    var usable =
        entries.stream()
            .filter(k -> k.expiry().map(now::isBefore).orElse(true))
            .filter(k -> k.from().map(f -> f.match(candidate.from().getAddress())).orElse(true))
            .findFirst();
    if (usable.isEmpty() && !entries.isEmpty()) {
      refused(candidate, key, "its from= or expiry-time= does not allow it");
    }
    return usable;
  }

  private static Offer offer(AuthorizedKey key) {
    return new Offer(
        key.key(), new Presence(key.touchRequired(), key.verifyRequired()), new Proof.Key(key));
  }

  private Optional<Offer> certificate(Candidate candidate, Certificate certificate) {
    var username = candidate.name().map(LoginName::username);
    if (username.isEmpty()) {
      return Optional.empty();
    }
    var objection =
        CertificateRules.objection(
                certificate,
                username.get(),
                candidate.from().getAddress(),
                now,
                settings,
                algorithms)
            .or(
                () ->
                    revoked.revokes(certificate)
                        ? Optional.of("it, its key or its CA is revoked")
                        : Optional.empty());
    if (settings.certificateAuthorities().contains(certificate.ca())) {
      objection.ifPresent(
          why ->
              refused(
                  candidate,
                  certificate.key(),
                  "certificate %s: %s".formatted(Quote.of(certificate.id()), why)));
    }
    return objection.isEmpty() && (candidate.unavailable() || candidate.person().isPresent())
        ? Optional.of(offer(certificate))
        : Optional.empty();
  }

  private static Offer offer(Certificate certificate) {
    return new Offer(
        certificate.key(),
        CertificateRules.presence(certificate),
        new Proof.Certified(certificate));
  }

  /** Why a key did not do is for the administrator, never for the client. */
  private static void refused(Candidate candidate, SshPublicKey key, String why) {
    LOG.info(
        "[key-refused] {} from {}: {}: {}",
        candidate.name().map(n -> n.username().value()).orElse("a malformed name"),
        candidate.from(),
        key,
        why);
  }
}
