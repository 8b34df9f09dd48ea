package dev.gatehouse.cluster;

import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.net.Cidr;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What people must prove to log in.
 *
 * @param rules exceptions; the first that fits is taken
 * @param methods what suffices where no rule fits: any one of these chains
 * @param certificateAuthorities whose user certificates are taken (OpenSSH's TrustedUserCAKeys)
 * @param revokedKeys a KRL (ssh-keygen -k) or a list of public keys, one a line (OpenSSH's
 *     RevokedKeys)
 * @param recheckInterval how often the people who are logged in are looked up again, and files are
 *     read again
 * @param securityKeysAreSecondFactor whether no code is asked for after the signature of a security
 *     key that was touched
 * @param enrolAtFirstLogin whether somebody who must give a code and has no second factor yet can
 *     set one up, and do nothing else, once the rest is proven
 */
public record LoginSettings(
    List<Rule> rules,
    List<Chain> methods,
    List<SshPublicKey> certificateAuthorities,
    Optional<Path> revokedKeys,
    Duration recheckInterval,
    boolean securityKeysAreSecondFactor,
    boolean enrolAtFirstLogin) {

  /** Something to prove (RFC 4252, 7; RFC 4256). */
  public enum Method {
    PUBLICKEY("publickey", "publickey"),
    /** The directory's password. */
    KEYBOARD_INTERACTIVE("keyboard-interactive", "keyboard-interactive"),
    /** A code of a second factor; only ever the last of a chain. */
    TOTP("totp", "keyboard-interactive");

    private final String word;
    private final String sshName;

    Method(String word, String sshName) {
      this.word = word;
      this.sshName = sshName;
    }

    /** The name in the definition. */
    public String word() {
      return word;
    }

    /** The name in RFC 4250, 4.8. */
    public String sshName() {
      return sshName;
    }
  }

  /** Methods that must all succeed, in this order (OpenSSH's AuthenticationMethods). */
  public record Chain(List<Method> methods) {
    public boolean endsWithCode() {
      return !methods.isEmpty() && methods.getLast() == Method.TOTP;
    }

    /** For who need not give a code. */
    public Chain withoutCode() {
      return endsWithCode() ? new Chain(methods.subList(0, methods.size() - 1)) : this;
    }

    @Override
    public String toString() {
      return methods.stream().map(Method::word).collect(Collectors.joining(","));
    }
  }

  /**
   * What some people, or people from some networks, must prove.
   *
   * @param groups whom it is for; empty means everybody
   * @param from where it is for; empty means anywhere
   * @param methods any one of these suffices; empty lets nobody in
   */
  public record Rule(Set<GroupName> groups, List<Cidr> from, List<Chain> methods) {
    public boolean isFor(InetAddress address) {
      return from.isEmpty() || from.stream().anyMatch(network -> network.contains(address));
    }

    public boolean isFor(Set<GroupName> member) {
      return groups.isEmpty() || groups.stream().anyMatch(member::contains);
    }
  }

  public static final LoginSettings DEFAULT =
      new LoginSettings(
          List.of(),
          List.of(new Chain(List.of(Method.PUBLICKEY))),
          List.of(),
          Optional.empty(),
          Duration.ofSeconds(2),
          false,
          true);

  /** What might suffice for somebody or other from this address. */
  public List<Chain> chainsAt(InetAddress address) {
    var chains = new LinkedHashSet<Chain>();
    for (var rule : rules) {
      if (rule.isFor(address)) {
        chains.addAll(rule.methods());
        if (rule.groups().isEmpty()) {
          return List.copyOf(chains); // it fits everybody, so none behind it does
        }
      }
    }
    chains.addAll(methods);
    return List.copyOf(chains);
  }

  /** What suffices for somebody of these groups from this address. */
  public List<Chain> chainsFor(Set<GroupName> member, InetAddress address) {
    return rules.stream()
        .filter(r -> r.isFor(address) && r.isFor(member))
        .findFirst()
        .map(Rule::methods)
        .orElse(methods);
  }
}
