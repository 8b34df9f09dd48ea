package dev.gatehouse.directory.editing;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.util.StaticUtils;
import dev.gatehouse.directory.AccountLock;
import dev.gatehouse.directory.SchemaMapping;
import dev.gatehouse.directory.Search;
import dev.gatehouse.name.Username;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Whether a server takes no password of somebody after wrong ones
 * (draft-behera-ldap-password-policy-10, 5.3.3). The attribute alone does not say so: it stays
 * after the lock is over, until the next bind. The policy says how long a lock lasts.
 */
record PasswordLock(SchemaMapping schemaMapping, LDAPInterface ldap, InstantSource clock) {
  static final String ATTRIBUTE = "pwdAccountLockedTime";
  private static final String POLICY = "pwdPolicySubentry";
  private static final String DURATION = "pwdLockoutDuration";

  /** In words, if there is one now. */
  Optional<String> of(Username username) throws LDAPException {
    var attributes = List.of(ATTRIBUTE, POLICY);
    var found =
        new Search(schemaMapping.tree().people(), schemaMapping.person(username), 0, attributes)
            .in(ldap::search);
    return found.size() == 1 ? of(found.getFirst()) : Optional.empty();
  }

  private Optional<String> of(Entry entry) throws LDAPException {
    var time = entry.getAttributeValue(ATTRIBUTE);
    if (time == null || AccountLock.isLockedForGood(time)) {
      return Optional.empty();
    }
    var began = instant(time);
    return began.isEmpty() ? Optional.empty() : words(began.get(), policies(entry));
  }

  private Optional<String> words(Instant began, List<? extends Entry> policies) {
    var since = began.truncatedTo(ChronoUnit.SECONDS);
    if (policies.size() != 1) {
      return Optional.of(
          "wrong passwords, at %s: none is taken until the directory's policy allows it; keys are"
              .formatted(since));
    }
    var seconds = policies.getFirst().getAttributeValueAsLong(DURATION);
    if (seconds == null || seconds <= 0) {
      return Optional.of(
          "wrong passwords, at %s: none is taken until a new one is set; keys are"
              .formatted(since));
    }
    var end = since.plus(Duration.ofSeconds(seconds));
    return end.isAfter(clock.instant())
        ? Optional.of("wrong passwords: none is taken until %s; keys are".formatted(end))
        : Optional.empty();
  }

  /** The entry's own, or the only one that there is: which is the default an entry does not say. */
  private List<? extends Entry> policies(Entry entry) throws LDAPException {
    var own = entry.getAttributeValue(POLICY);
    if (own != null) {
      var policy = ldap.getEntry(own, DURATION);
      return policy == null ? List.of() : List.of(policy);
    }
    var all = Filter.createEqualityFilter("objectClass", "pwdPolicy");
    return new Search(schemaMapping.tree().base(), all, 0, List.of(DURATION)).in(ldap::search);
  }

  private static Optional<Instant> instant(String time) {
    try {
      return Optional.of(StaticUtils.decodeGeneralizedTime(time).toInstant());
    } catch (ParseException e) {
      return Optional.empty();
    }
  }
}
