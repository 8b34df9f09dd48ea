package dev.gatehouse.cluster;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.cluster.LoginSettings.Chain;
import dev.gatehouse.cluster.LoginSettings.Method;
import dev.gatehouse.cluster.LoginSettings.Rule;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.KeyPolicy;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.net.Cidr;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The section {@code login}.
 *
 * @param paths of the files that it names
 */
record LoginReader(Section section, FilePaths paths, References references) {
  private static final LoginSettings DEFAULT = LoginSettings.DEFAULT;

  LoginSettings read() {
    var methods =
        section.list(
            "methods",
            Values.name(LoginReader::chain),
            "nobody could log in; name a method, such as publickey");
    var settings =
        new LoginSettings(
            section.sections("rules").stream().map(this::rule).toList(),
            methods.isEmpty() ? DEFAULT.methods() : methods,
            section
                .list("certificateAuthorities", Values.name(LoginReader::authority))
                .orElse(List.of()),
            section.get("revokedKeys", paths::read),
            section
                .get(
                    "recheckInterval",
                    Amounts.duration(Duration.ofSeconds(1), Duration.ofMinutes(5)))
                .orElse(DEFAULT.recheckInterval()),
            section.get(
                "securityKeysAreSecondFactor", Values::flag, DEFAULT.securityKeysAreSecondFactor()),
            section.get("enrolAtFirstLogin", Values::flag, DEFAULT.enrolAtFirstLogin()));
    refuseTwoQuestions(section, methods);
    section.refuseUnknownKeys();
    return settings;
  }

  private Rule rule(Section section) {
    var rule =
        new Rule(
            Set.copyOf(
                section.list(
                    "groups",
                    references::group,
                    "name a group, or remove the key if the rule is for everybody")),
            section.list(
                "from",
                Values.name(Cidr::parse),
                "name a network, or remove the key if the rule is for all of them"),
            section.list("methods", Values.name(LoginReader::chain)).orElse(List.of()));
    section.require("methods", "say which methods the rule asks for; [] lets nobody in");
    refuseTwoQuestions(section, rule.methods());
    section.refuseUnknownKeys();
    return rule;
  }

  /** A method twice could be satisfied by the same key or password. */
  private static Chain chain(String text) {
    var methods = Stream.of(text.split(",", -1)).map(LoginReader::method).toList();
    if (new HashSet<>(methods).size() < methods.size()) {
      throw UserError.usage("%s names a method twice".formatted(Quote.of(text)));
    }
    var code = methods.indexOf(Method.TOTP);
    if (code == 0 || (code > 0 && code < methods.size() - 1)) {
      // Before anything else is proven, an answer about a code would tell of the person.
      throw UserError.usage(
          "%s is wrong: totp stands last, behind another method".formatted(Quote.of(text)));
    }
    return new Chain(methods);
  }

  /** Code and password have one name on the wire, so a client could not say which it means. */
  private static void refuseTwoQuestions(Section section, List<Chain> chains) {
    for (var chain : chains) {
      var before = chain.withoutCode().methods();
      if (chain.endsWithCode() && chains.stream().anyMatch(c -> asksPassword(c, before))) {
        section.refuse(
            "methods",
            "must not ask after %s for totp in one chain and for keyboard-interactive in another"
                .formatted(new Chain(before)));
        return;
      }
    }
  }

  private static boolean asksPassword(Chain chain, List<Method> after) {
    return chain.methods().size() > after.size()
        && chain.methods().subList(0, after.size()).equals(after)
        && chain.methods().get(after.size()) == Method.KEYBOARD_INTERACTIVE;
  }

  private static Method method(String name) {
    return Stream.of(Method.values())
        .filter(m -> m.word().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                UserError.usage(
                    "%s is no authentication method; there is %s"
                        .formatted(
                            Quote.of(name),
                            Stream.of(Method.values()).map(Method::word).collect(joining(", ")))));
  }

  private static SshPublicKey authority(String line) {
    var key = SshPublicKey.parse(line);
    KeyPolicy.objection(key)
        .ifPresent(
            why -> {
              throw UserError.usage(why);
            });
    return key;
  }
}
