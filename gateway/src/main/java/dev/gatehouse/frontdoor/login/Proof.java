package dev.gatehouse.frontdoor.login;

import dev.gatehouse.cluster.LoginSettings.Method;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.key.AuthorizedKey;
import dev.gatehouse.key.Certificate;
import dev.gatehouse.key.Restrictions;

/** Something that a person has proven. */
public sealed interface Proof {
  Method method();

  /** What a login with this proof may do. */
  Restrictions restrictions();

  /** Whether it shows, besides what is known, a thing in somebody's hand. */
  default boolean isSecondFactor() {
    return false;
  }

  /** A key that the directory holds for the person, and the conditions it was accepted under. */
  record Key(AuthorizedKey key) implements Proof {
    @Override
    public Method method() {
      return Method.PUBLICKEY;
    }

    @Override
    public Restrictions restrictions() {
      return key.restrictions();
    }

    @Override
    public boolean isSecondFactor() {
      return key.key().isSecurityKey() && key.touchRequired();
    }

    @Override
    public String toString() {
      return "publickey " + key.key();
    }
  }

  /** A certificate of a CA that the definition names. */
  record Certified(Certificate certificate) implements Proof {
    @Override
    public Method method() {
      return Method.PUBLICKEY;
    }

    @Override
    public Restrictions restrictions() {
      return CertificateRules.restrictions(certificate);
    }

    @Override
    public boolean isSecondFactor() {
      return certificate.key().isSecurityKey() && CertificateRules.presence(certificate).touched();
    }

    @Override
    public String toString() {
      return "publickey %s, certificate %s serial %s of CA %s"
          .formatted(
              certificate.key(),
              Quote.of(certificate.id()),
              Long.toUnsignedString(certificate.serial()),
              certificate.ca());
    }
  }

  /** The directory's password. */
  record Password() implements Proof {
    @Override
    public Method method() {
      return Method.KEYBOARD_INTERACTIVE;
    }

    @Override
    public Restrictions restrictions() {
      return Restrictions.NONE;
    }

    @Override
    public String toString() {
      return "keyboard-interactive password";
    }
  }

  /**
   * A code of the second factor.
   *
   * @param recovery whether it was a recovery code
   */
  record Code(boolean recovery) implements Proof {
    @Override
    public Method method() {
      return Method.TOTP;
    }

    @Override
    public Restrictions restrictions() {
      return Restrictions.NONE;
    }

    @Override
    public String toString() {
      return recovery ? "keyboard-interactive recovery code" : "keyboard-interactive totp";
    }
  }
}
